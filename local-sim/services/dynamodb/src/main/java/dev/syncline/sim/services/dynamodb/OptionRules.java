// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.dynamodb.TableDescription.Encryption;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads streams and encryption of a table, and refuses them in the words of AWS. */
final class OptionRules {
  private OptionRules() {}

  /** The view type of the stream that a new table asks for; empty for no stream. */
  static Optional<String> stream(Input input) {
    if (!input.has("StreamSpecification")) {
      return Optional.empty();
    }
    Input stream = input.structure("StreamSpecification").orElseThrow();
    boolean enabled = stream.bool("StreamEnabled", false);
    Optional<String> viewType = stream.text("StreamViewType");
    if (!enabled && viewType.isPresent()) {
      throw DynamoDbErrors.invalidParameter(
          "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
    if (enabled && viewType.isEmpty()) {
      throw DynamoDbErrors.invalidParameter(
          "Table is being created with a stream enabled, UpdateViewType must be specified");
    }
    return viewType;
  }

  /** The encryption that a request asks for; null for AWS's own key. */
  static @Nullable Encryption encryption(Input input, CallContext context) {
    Optional<Input> given = input.structure("SSESpecification");
    return given.isEmpty() ? null : ofSpecification(given.get(), context);
  }

  /** The encryption of an {@code SSESpecification}; null for AWS's own key. */
  static @Nullable Encryption ofSpecification(Input sse, CallContext context) {
    if (!sse.bool("Enabled", false)) {
      if (sse.has("KMSMasterKeyId") || sse.has("SSEType")) {
        throw DynamoDbErrors.invalidParameter(
            "SSEType and KMSMasterKeyId cannot be specified when SSE is disabled");
      }
      return null;
    }
    if (sse.text("SSEType").orElse("KMS").equals("AES256")) {
      throw DynamoDbErrors.invalidParameter("SSEType AES256 is not supported");
    }
    return new Encryption(
        sse.text("KMSMasterKeyId")
            .map(key -> keyArn(key, context))
            .orElseGet(() -> defaultKey(context)));
  }

  private static String keyArn(String key, CallContext context) {
    if (Arn.isArn(key)) {
      return key;
    }
    return context.arn("kms", key.startsWith("alias/") ? key : "key/" + key);
  }

  /** The account's key {@code alias/aws/dynamodb}, always under the same id. */
  private static String defaultKey(CallContext context) {
    String name = "aws/dynamodb " + context.account() + " " + context.region();
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return context.arn("kms", "key/" + id);
  }
}
