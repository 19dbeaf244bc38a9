// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.js.JsStepCode;
import dev.syncline.sim.handlers.CodeException;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members that resolvers and functions share. Source of members and bounds: the service's
 * model. Thread-safe.
 *
 * @param engine checks code
 */
record GraphqlStepReader(HandlerEngine engine) {
  private static final int MAX_TEMPLATE = 65_536;
  private static final int MAX_CODE = 32_768;
  private static final int MAX_BATCH = 2_000;
  private static final String REQUEST = "requestMappingTemplate";
  private static final String RESPONSE = "responseMappingTemplate";
  private static final String RUNTIME = "runtime";
  private static final String CODE = "code";
  private static final String SYNC = "syncConfig";

  /**
   * Reads templates or code. Checking code takes long, so that it must not be done under the lock
   * of the store.
   *
   * @throws AwsException when code is refused, or members do not match
   */
  GraphqlStepSource source(Input input) {
    String request = template(input, REQUEST, "request");
    String response = template(input, RESPONSE, "response");
    String code = given(input, CODE).orElse(null);
    Optional<Input> runtime = input.structure(RUNTIME);
    if (code == null) {
      if (runtime.isPresent()) {
        throw AppSyncErrors.badRequest("'code' is required with 'runtime'.");
      }
      return new GraphqlStepSource(request, response, null);
    }
    if (request != null || response != null) {
      throw AppSyncErrors.badRequest("'code' and mapping templates exclude each other.");
    }
    requireRuntime(
        runtime.orElseThrow(() -> AppSyncErrors.badRequest("'runtime' is required with 'code'.")));
    if (code.length() > MAX_CODE) {
      throw AppSyncErrors.badRequest("'code' is longer than " + MAX_CODE + " characters.");
    }
    try {
      JsStepCode.compile(engine, code);
    } catch (CodeException refused) {
      throw AppSyncErrors.codeError(refused.errors());
    }
    return new GraphqlStepSource(null, null, code);
  }

  /**
   * Checks that templates may be left out: AppSync passes only calls of functions through.
   *
   * @throws AwsException when a template is missing
   */
  static void requireTemplates(GraphqlStepSource source, DataSource.@Nullable Type type) {
    if (source.code() != null || (type == DataSource.Type.AWS_LAMBDA && source.direct())) {
      return;
    }
    String what = type == null ? "a pipeline" : "data sources of type " + type;
    if (source.requestTemplate() == null) {
      throw AppSyncErrors.badRequest("'" + REQUEST + "' is required for " + what + ".");
    }
    if (type == DataSource.Type.NONE && source.responseTemplate() == null) {
      throw AppSyncErrors.badRequest("'" + RESPONSE + "' is required for " + what + ".");
    }
  }

  /** The member {@code maxBatchSize}, 0 without it. */
  static int maxBatchSize(Input input) {
    return AppSyncErrors.within(input, "maxBatchSize", 0, MAX_BATCH).orElse(0);
  }

  /**
   * The member {@code syncConfig} as received, null without it.
   *
   * @throws AwsException when it asks for versions, which the simulator does not keep
   */
  static @Nullable ObjectNode syncConfig(Input input) {
    Input sync = input.structure(SYNC).orElse(null);
    if (sync == null) {
      return null;
    }
    AppSyncErrors.onlySupported(
        sync, SYNC, List.of("conflictHandler", "conflictDetection", "lambdaConflictHandlerConfig"));
    AppSyncErrors.choice(
        sync, "conflictHandler", List.of("OPTIMISTIC_CONCURRENCY", "LAMBDA", "AUTOMERGE", "NONE"));
    if (AppSyncErrors.choice(sync, "conflictDetection", List.of("VERSION", "NONE"))
        .filter("VERSION"::equals)
        .isPresent()) {
      throw AppSyncErrors.unsupported("versioned data sources ('conflictDetection' VERSION)");
    }
    return sync.json().deepCopy();
  }

  /**
   * The data source of that name.
   *
   * @throws AwsException when the API does not have it
   */
  static DataSource requireSource(GraphqlApiRecord api, String name) {
    DataSource source = api.dataSources().get(name);
    if (source == null) {
      throw AppSyncErrors.missing("No data source found named " + name);
    }
    return source;
  }

  /** A text member that is not empty. */
  static Optional<String> given(Input input, String member) {
    return input.text(member).filter(text -> !text.isEmpty());
  }

  private static @Nullable String template(Input input, String member, String which) {
    String template = given(input, member).orElse(null);
    if (template != null && template.length() > MAX_TEMPLATE) {
      throw AppSyncErrors.badRequest(
          "Invalid " + which + " template given, must be less than 64kb in size");
    }
    return template;
  }

  private static void requireRuntime(Input runtime) {
    AppSyncErrors.onlySupported(runtime, RUNTIME, List.of("name", "runtimeVersion"));
    String name = AppSyncErrors.required(runtime, "name");
    String version = AppSyncErrors.required(runtime, "runtimeVersion");
    if (!name.equals(GraphqlStepSource.RUNTIME)
        || !version.equals(GraphqlStepSource.RUNTIME_VERSION)) {
      throw AppSyncErrors.badRequest(
          "The runtime must be APPSYNC_JS 1.0.0, not " + name + " " + version + ".");
    }
  }
}
