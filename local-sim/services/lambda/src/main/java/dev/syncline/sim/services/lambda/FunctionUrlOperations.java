// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The URLs of functions and aliases. Messages: as recorded from AWS. */
record FunctionUrlOperations(SimClock clock, Ids ids, FunctionStore store, String region) {
  private static final String ONE = "/2021-10-31/functions/{FunctionName}/url";
  private static final int ID_LENGTH = 32;
  private static final int MAX_LISTED = 50;
  private static final String NO_FUNCTION = "Function does not exist";
  private static final String NOTHING = "The resource you requested does not exist.";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateFunctionUrlConfig",
            HttpBinding.post(ONE, 201),
            this::create,
            "Qualifier",
            "AuthType",
            "Cors",
            "InvokeMode"),
        Operation.rest("GetFunctionUrlConfig", HttpBinding.get(ONE), this::get, "Qualifier"),
        Operation.rest(
            "UpdateFunctionUrlConfig",
            HttpBinding.put(ONE),
            this::update,
            "Qualifier",
            "AuthType",
            "Cors",
            "InvokeMode"),
        Operation.rest(
            "DeleteFunctionUrlConfig", HttpBinding.delete(ONE, 204), this::delete, "Qualifier"),
        Operation.rest(
            "ListFunctionUrlConfigs",
            HttpBinding.get(ONE + "s"),
            this::list,
            "Marker",
            "MaxItems"));
  }

  private Output create(Input input, CallContext context) {
    requireModes(input);
    Constraints.of(input).required("AuthType").verify();
    Instant now = clock.now();
    return with(
        input,
        NO_FUNCTION,
        at -> {
          if (at.function.urls.containsKey(at.qualifier)) {
            throw LambdaErrors.conflict(
                "Failed to create function url config for [functionArn = "
                    + at.arn()
                    + "]. Error message:  FunctionUrlConfig exists for this Lambda function");
          }
          if (!at.qualifier.isEmpty() && !at.function.aliases.containsKey(at.qualifier)) {
            throw LambdaErrors.notFound(NO_FUNCTION);
          }
          var url =
              new FunctionUrl(
                  ids.lowerAlphanumeric(ID_LENGTH),
                  input.requiredText("AuthType"),
                  UrlCors.read(input, null),
                  input.text("InvokeMode").orElse("BUFFERED"),
                  now,
                  now);
          at.function.urls.put(at.qualifier, url);
          ObjectNode shown = shown(at, url);
          shown.remove("LastModifiedTime");
          return shown;
        });
  }

  private Output get(Input input, CallContext context) {
    return with(input, NOTHING, at -> shown(at, at.url()));
  }

  private Output update(Input input, CallContext context) {
    requireModes(input);
    Instant now = clock.now();
    return with(
        input,
        NO_FUNCTION,
        at -> {
          FunctionUrl before = at.url();
          var after =
              new FunctionUrl(
                  before.id(),
                  input.text("AuthType").orElse(before.authType()),
                  UrlCors.read(input, before.cors()),
                  input.text("InvokeMode").orElse(before.invokeMode()),
                  before.created(),
                  now);
          at.function.urls.put(at.qualifier, after);
          return shown(at, after);
        });
  }

  private Output delete(Input input, CallContext context) {
    with(
        input,
        NOTHING,
        at -> {
          at.url();
          at.function.urls.remove(at.qualifier);
          return Json.object();
        });
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    Constraints.of(input).range("MaxItems", 1, MAX_LISTED).verify();
    FunctionRef ref = FunctionRef.of(input);
    List<ObjectNode> items =
        store.locked(
            all -> {
              LambdaFunction function = all.get(ref.name());
              if (function == null) {
                throw LambdaErrors.notFound(NO_FUNCTION);
              }
              var shown = new ArrayList<ObjectNode>();
              function.urls.forEach(
                  (qualifier, url) -> shown.add(shown(new Place(function, qualifier), url)));
              return shown;
            });
    return LambdaPages.of(items, "FunctionUrlConfigs", input);
  }

  /** A function or, with a qualifier, an alias. */
  private record Place(LambdaFunction function, String qualifier) {
    String arn() {
      return qualifier.isEmpty() ? function.arn : function.arn + ":" + qualifier;
    }

    FunctionUrl url() {
      FunctionUrl url = function.urls.get(qualifier);
      if (url == null) {
        throw LambdaErrors.notFound(NOTHING);
      }
      return url;
    }
  }

  private Output with(Input input, String missing, Function<Place, ObjectNode> work) {
    FunctionRef ref = FunctionRef.of(input);
    requireAlias(ref.qualifier());
    return Output.of(
        store.locked(
            all -> {
              LambdaFunction function = all.get(ref.name());
              if (function == null) {
                throw LambdaErrors.notFound(missing);
              }
              String qualifier = ref.qualifier();
              return work.apply(new Place(function, qualifier == null ? "" : qualifier));
            }));
  }

  private static void requireAlias(@Nullable String qualifier) {
    if (qualifier == null) {
      return;
    }
    if (qualifier.equals("$LATEST")) {
      throw LambdaErrors.violated(
          qualifier,
          "qualifier",
          "Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
    }
    if (qualifier.matches("\\d+")) {
      throw LambdaErrors.violated(
          qualifier,
          "qualifier",
          "Member must satisfy regular expression pattern:"
              + " (^\\$LATEST$)|((?!^[0-9]+$)([a-zA-Z0-9-_]+))");
    }
  }

  private static void requireModes(Input input) {
    Constraints.of(input)
        .oneOf("AuthType", List.of(FunctionUrl.NONE, FunctionUrl.AWS_IAM))
        .oneOf("InvokeMode", List.of("RESPONSE_STREAM", "BUFFERED"))
        .verify();
  }

  private ObjectNode shown(Place at, FunctionUrl url) {
    ObjectNode json = Json.object();
    json.put("FunctionUrl", "https://" + url.host(region) + "/");
    json.put("FunctionArn", at.arn());
    json.put("AuthType", url.authType());
    if (url.cors() != null) {
      json.set("Cors", url.cors());
    }
    json.put("CreationTime", TIME.format(url.created()));
    json.put("LastModifiedTime", TIME.format(url.modified()));
    json.put("InvokeMode", url.invokeMode());
    return json;
  }
}
