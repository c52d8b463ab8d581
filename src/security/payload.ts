import protobuf from 'protobufjs';

/** A Temporal payload, described here because this folder knows no Temporal package. */
export interface Payload {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}

/** temporal.api.common.v1.Payload, the two fields that a codec sees. */
const PayloadMessage = new protobuf.Type('Payload')
  .add(new protobuf.MapField('metadata', 1, 'string', 'bytes'))
  .add(new protobuf.Field('data', 2, 'bytes'));

/** The protobuf form of a payload. */
export function serializePayload({ metadata, data }: Payload): Uint8Array {
  return PayloadMessage.encode(
    PayloadMessage.create({ metadata: metadata ?? {}, data: data ?? new Uint8Array() }),
  ).finish();
}

/**
 * Reads the protobuf form of a payload.
 *
 * @throws Error when the bytes are not one.
 */
export function deserializePayload(bytes: Uint8Array): Payload {
  // Of a Buffer, the fields would be Buffers, too.
  const { metadata, data } = PayloadMessage.decode(new Uint8Array(bytes)) as Payload;
  return { metadata: metadata ?? {}, data: data ?? new Uint8Array() };
}
