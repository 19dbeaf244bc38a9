// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a function. Immutable.
 *
 * @param version {@code $LATEST} or a number
 * @param contentId changes with code or configuration, and is kept by the version published from it
 * @param revisionId as the API shows it
 * @param logging {@code LoggingConfig} as the API shows it
 * @param capacityProvider {@code CapacityProviderConfig} as it came, null for none
 * @param environmentConcurrency how many invocations an environment takes at once
 * @param state whether it can be invoked
 * @param layers in their order
 */
record FunctionConfig(
    String version,
    String contentId,
    String revisionId,
    Instant lastModified,
    String runtime,
    String role,
    String handler,
    String description,
    int timeout,
    int memorySize,
    Map<String, String> environment,
    String tracingMode,
    List<String> architectures,
    int ephemeralStorage,
    String snapStart,
    ObjectNode logging,
    @Nullable String kmsKeyArn,
    @Nullable ObjectNode capacityProvider,
    int environmentConcurrency,
    VersionState state,
    CodePackage code,
    List<FunctionLayer> layers) {

  /** The same with other code. */
  FunctionConfig withCode(
      CodePackage newCode, List<String> newArchitectures, String newRevision, Instant now) {
    return as(
        version, newRevision, newRevision, now, description, newArchitectures, state, newCode);
  }

  /** The same as a published version. */
  FunctionConfig published(
      String newVersion, String newDescription, String newRevisionId, VersionState newState) {
    return as(
        newVersion,
        contentId,
        newRevisionId,
        lastModified,
        newDescription,
        architectures,
        newState,
        code);
  }

  /** The same in another state. */
  FunctionConfig in(VersionState newState) {
    return as(
        version, contentId, revisionId, lastModified, description, architectures, newState, code);
  }

  private FunctionConfig as(
      String newVersion,
      String newContentId,
      String newRevisionId,
      Instant newLastModified,
      String newDescription,
      List<String> newArchitectures,
      VersionState newState,
      CodePackage newCode) {
    return new FunctionConfig(
        newVersion,
        newContentId,
        newRevisionId,
        newLastModified,
        runtime,
        role,
        handler,
        newDescription,
        timeout,
        memorySize,
        environment,
        tracingMode,
        newArchitectures,
        ephemeralStorage,
        snapStart,
        logging,
        kmsKeyArn,
        capacityProvider,
        environmentConcurrency,
        newState,
        newCode,
        layers);
  }
}
