// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.WireAnswers;

/** Encodes with the port's own codecs. Stateless and thread-safe. */
public final class CodecWireAnswers implements WireAnswers {
  @Override
  public WireAnswer encode(
      AwsService service, Operation operation, Output output, String requestId) {
    WireResponse response =
        Codec.of(service)
            .map(
                codec ->
                    codec.encode(
                        new Call(operation, Json.object(), new byte[0]), output, requestId))
            .orElseThrow(
                () -> new IllegalStateException(service.signingName() + " has no wire protocol"));
    return new WireAnswer(response.status(), response.headers(), response.body());
  }
}
