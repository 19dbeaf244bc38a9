// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.handlers.CodeError;
import dev.syncline.sim.handlers.CodeException;
import dev.syncline.sim.handlers.HandlerCode;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a namespace: its code, and how each hook is integrated. Immutable.
 *
 * @param text the code as received; null without code
 * @param code the compiled code
 * @param hooks by the name of the hook, {@code onPublish} and {@code onSubscribe}
 */
record HandlerSettings(
    @Nullable String text, @Nullable HandlerCode code, Map<String, Integration> hooks) {
  static final HandlerSettings NONE = new HandlerSettings(null, null, Map.of());
  private static final List<String> HOOKS = List.of("onPublish", "onSubscribe");

  /** Copies the map. */
  HandlerSettings {
    hooks = Map.copyOf(hooks);
  }

  /**
   * How a hook is integrated.
   *
   * @param direct whether the function is called directly, without code
   * @param invokeType {@code REQUEST_RESPONSE} or {@code EVENT}; null when not given
   */
  record Integration(boolean direct, String dataSource, @Nullable String invokeType) {
    boolean waits() {
      return !"EVENT".equals(invokeType);
    }
  }

  Optional<Integration> hook(String name) {
    return Optional.ofNullable(hooks.get(name));
  }

  boolean uses(String dataSource) {
    return hooks.values().stream().anyMatch(hook -> hook.dataSource().equals(dataSource));
  }

  /**
   * Reads {@code codeHandlers} and {@code handlerConfigs}, against the data sources of the API.
   *
   * @throws AwsException when the code is invalid, or the members do not match
   */
  static HandlerSettings read(
      Input input, ApiRecord api, HandlerEngine engine, EventsLimits limits) {
    String text = input.text("codeHandlers").filter(value -> !value.isEmpty()).orElse(null);
    if (text != null) {
      requireLength("codeHandlers", text, limits.handlerCodeLength());
    }
    Map<String, Integration> hooks = new TreeMap<>();
    input
        .structure("handlerConfigs")
        .ifPresent(
            configs -> {
              AppSyncErrors.onlySupported(configs, "handlerConfigs", HOOKS);
              for (String hook : HOOKS) {
                configs
                    .structure(hook)
                    .ifPresent(config -> hooks.put(hook, integration(config, hook, api)));
              }
            });
    HandlerCode code = text == null ? null : compiled(text, engine);
    hooks.forEach((hook, integration) -> check(hook, integration, code));
    if (code != null) {
      requireSources(code, hooks);
    }
    return new HandlerSettings(text, code, hooks);
  }

  /** Settings that were validated before. */
  static HandlerSettings of(
      @Nullable String text, Map<String, Integration> hooks, HandlerEngine engine) {
    return new HandlerSettings(text, text == null ? null : compiled(text, engine), hooks);
  }

  static void requireLength(String member, String text, int most) {
    if (text.length() > most) {
      throw AppSyncErrors.badRequest("'" + member + "' is longer than " + most + " characters.");
    }
  }

  private static HandlerCode compiled(String text, HandlerEngine engine) {
    try {
      return engine.compile(text);
    } catch (CodeException refused) {
      throw AppSyncErrors.codeError(refused.errors());
    }
  }

  static List<Map<String, Object>> json(List<CodeError> errors) {
    return AppSyncErrors.codeErrors(errors);
  }

  private static Integration integration(Input config, String hook, ApiRecord api) {
    String path = "handlerConfigs." + hook;
    AppSyncErrors.onlySupported(config, path, List.of("behavior", "integration"));
    String behavior = AppSyncErrors.required(config, "behavior");
    if (!behavior.equals("CODE") && !behavior.equals("DIRECT")) {
      throw AppSyncErrors.badRequest(
          "'" + path + ".behavior' must be CODE or DIRECT, not '" + behavior + "'.");
    }
    Input integration =
        config
            .structure("integration")
            .orElseThrow(() -> AppSyncErrors.badRequest("'" + path + ".integration' is required."));
    AppSyncErrors.onlySupported(
        integration, path + ".integration", List.of("dataSourceName", "lambdaConfig"));
    String name = AppSyncErrors.required(integration, "dataSourceName");
    var source = api.dataSources().get(name);
    if (source == null) {
      throw AppSyncErrors.badRequest("'" + path + "' names the unknown data source " + name + ".");
    }
    boolean direct = behavior.equals("DIRECT");
    String invokeType =
        integration.structure("lambdaConfig").map(lambda -> invokeType(lambda, path)).orElse(null);
    if (direct && source.functionArn().isEmpty()) {
      throw AppSyncErrors.badRequest(
          "'" + path + "' is DIRECT, so its data source must be of type AWS_LAMBDA.");
    }
    if (!direct && invokeType != null) {
      throw AppSyncErrors.badRequest(
          "'" + path + ".integration.lambdaConfig' belongs to the behavior DIRECT only.");
    }
    return new Integration(direct, name, invokeType);
  }

  private static String invokeType(Input lambda, String path) {
    AppSyncErrors.onlySupported(lambda, path + ".integration.lambdaConfig", List.of("invokeType"));
    String type = AppSyncErrors.required(lambda, "invokeType");
    if (!type.equals("REQUEST_RESPONSE") && !type.equals("EVENT")) {
      throw AppSyncErrors.badRequest(
          "'" + path + "' has the invokeType '" + type + "', not REQUEST_RESPONSE or EVENT.");
    }
    return type;
  }

  private static void check(String hook, Integration integration, @Nullable HandlerCode code) {
    HandlerCode.Form form = code == null ? null : code.exports().get(hook);
    if (integration.direct() && form != null) {
      throw AppSyncErrors.badRequest("'" + hook + "' is DIRECT and is in 'codeHandlers' too.");
    }
    if (!integration.direct() && form != HandlerCode.Form.OBJECT) {
      throw AppSyncErrors.badRequest(
          "'"
              + hook
              + "' has a data source: 'codeHandlers' must export it as an object with"
              + " request and response.");
    }
  }

  private static void requireSources(HandlerCode code, Map<String, Integration> hooks) {
    for (String hook : HOOKS) {
      if (code.exports().get(hook) == HandlerCode.Form.OBJECT && !hooks.containsKey(hook)) {
        throw AppSyncErrors.badRequest(
            "'"
                + hook
                + "' is an object with request and response: 'handlerConfigs' must name its"
                + " data source.");
      }
    }
  }

  /** {@code handlerConfigs} as the wire has it. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String hook : HOOKS) {
      Integration integration = hooks.get(hook);
      if (integration != null) {
        ObjectNode config =
            json.putObject(hook).put("behavior", integration.direct() ? "DIRECT" : "CODE");
        ObjectNode target =
            config.putObject("integration").put("dataSourceName", integration.dataSource());
        if (integration.invokeType() != null) {
          target.putObject("lambdaConfig").put("invokeType", integration.invokeType());
        }
      }
    }
    return json;
  }
}
