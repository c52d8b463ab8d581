FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev
# The package carries Temporal's native library for five platforms, 30 MB each.
RUN cd node_modules/@temporalio/core-bridge/releases && \
    find . -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} +

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY config config
COPY bin bin
RUN mkdir /var/lib/sitewright && chown node:node /var/lib/sitewright
USER node
CMD ["node", "dist/src/worker.js"]
