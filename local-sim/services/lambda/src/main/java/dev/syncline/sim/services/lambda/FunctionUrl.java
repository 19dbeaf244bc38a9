// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a function or of an alias. Immutable.
 *
 * @param id the first label of its host, in lower case
 * @param authType {@code NONE} or {@code AWS_IAM}
 * @param cors as the API shows it, null for none
 * @param invokeMode {@code BUFFERED} or {@code RESPONSE_STREAM}
 */
record FunctionUrl(
    String id,
    String authType,
    @Nullable ObjectNode cors,
    String invokeMode,
    Instant created,
    Instant modified) {
  static final String NONE = "NONE";
  static final String AWS_IAM = "AWS_IAM";

  String host(String region) {
    return id + ".lambda-url." + region + ".on.aws";
  }

  boolean streams() {
    return invokeMode.equals("RESPONSE_STREAM");
  }
}
