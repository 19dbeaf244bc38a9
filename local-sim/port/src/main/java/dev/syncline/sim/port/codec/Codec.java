// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.AccessKeys;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One service's wire protocol, both ways. Stateless and thread-safe. */
public sealed interface Codec
    permits AwsJsonCodec, CoralJsonCodec, QueryCodec, RestJsonCodec, RestXmlCodec {

  /**
   * Reads a request.
   *
   * @throws AwsException for an operation that is not supported, or a request that cannot be read
   */
  Call decode(WireRequest request);

  /**
   * Refuses a request for its signature in the query or in a form, before the rest of it is read.
   * Does nothing by default: other signatures are not verified.
   *
   * @param keys the access keys whose signatures are verified
   * @throws AwsException where the signature is incomplete, wrong or has expired
   */
  default void authenticate(WireRequest request, Instant now, AccessKeys keys) {}

  /**
   * The answer to a request that is for no operation, such as the health page, or over a limit of
   * the protocol; empty for every other one. Nothing by default.
   *
   * @param region the region served
   */
  default Optional<WireResponse> direct(WireRequest request, String region, String requestId) {
    return Optional.empty();
  }

  /** The operation that a request is for; empty when it names none. Does not throw. */
  default String operation(WireRequest request) {
    return "";
  }

  /** The request id of answers, made from a UUID. */
  default String requestId(String uuid) {
    return uuid;
  }

  /** Writes a successful answer. */
  WireResponse encode(Call call, Output output, String requestId);

  /** Writes a successful answer to a request, where that makes a difference. */
  default WireResponse encode(Call call, Output output, WireRequest request, String requestId) {
    return encode(call, output, requestId);
  }

  /** Writes an error in the protocol's own shape. */
  WireResponse error(AwsException error, String requestId);

  /**
   * Writes an error as the answer to a request, for protocols in which it depends on the request.
   */
  default WireResponse error(AwsException error, WireRequest request, String requestId) {
    return error(error, requestId);
  }

  /** The codec of a service that speaks one protocol. */
  static Optional<Codec> of(AwsService service) {
    return of(service, true);
  }

  /**
   * The codec of a service.
   *
   * @param targeted whether the request has {@code X-Amz-Target}, for a service that speaks two
   *     protocols
   */
  static Optional<Codec> of(AwsService service, boolean targeted) {
    return switch (service.protocol()) {
      case Protocol.AwsJson json -> Optional.of(ofJson(service, json));
      case Protocol.Query query -> Optional.of(new QueryCodec(service, query, Map.of()));
      case Protocol.AwsJsonOrQuery either ->
          Optional.of(
              targeted
                  ? ofJson(service, either.json())
                  : new QueryCodec(service, either.query(), either.json().queryErrors()));
      case Protocol.RestJson rest -> Optional.of(new RestJsonCodec(service));
      case Protocol.RestXml xml -> Optional.of(new RestXmlCodec(service, xml));
    };
  }

  private static Codec ofJson(AwsService service, Protocol.AwsJson json) {
    return json.coral().isPresent()
        ? new CoralJsonCodec(service, json, json.coral().get())
        : new AwsJsonCodec(service, json);
  }
}
