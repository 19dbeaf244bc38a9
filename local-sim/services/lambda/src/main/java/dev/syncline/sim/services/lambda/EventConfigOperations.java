// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations on retries and destinations of asynchronous invocations. */
record EventConfigOperations(SimClock clock, FunctionStore store) {
  private static final String URI = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
  private static final String[] MEMBERS = {
    "Qualifier", "MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig"
  };

  List<Operation> operations() {
    return List.of(
        Operation.rest("PutFunctionEventInvokeConfig", HttpBinding.put(URI), this::put, MEMBERS),
        Operation.rest(
            "UpdateFunctionEventInvokeConfig", HttpBinding.post(URI), this::update, MEMBERS),
        Operation.rest(
            "GetFunctionEventInvokeConfig", HttpBinding.get(URI), this::get, "Qualifier"),
        Operation.rest(
            "ListFunctionEventInvokeConfigs",
            HttpBinding.get(URI + "/list"),
            this::list,
            "Marker",
            "MaxItems"),
        Operation.rest(
            "DeleteFunctionEventInvokeConfig",
            HttpBinding.delete(URI, 204),
            this::delete,
            "Qualifier"));
  }

  private Output put(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) -> {
          store.resolve(function, ref.qualifier());
          return keep(function, ref, read(input, EventConfig.DEFAULT));
        });
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input, (function, ref) -> keep(function, ref, read(input, existing(function, ref))));
  }

  private static ObjectNode keep(LambdaFunction function, FunctionRef ref, EventConfig config) {
    function.eventConfigs.put(qualifier(ref), config);
    return write(function, qualifier(ref), config);
  }

  private EventConfig read(Input input, EventConfig before) {
    Integer retries = number(input, "MaximumRetryAttempts", 0, 2, before.retries());
    Integer age = number(input, "MaximumEventAgeInSeconds", 60, 21_600, before.age());
    Optional<Input> destinations =
        input.structure("DestinationConfig").map(config -> config.only("OnSuccess", "OnFailure"));
    return new EventConfig(
        retries,
        age,
        destinations.isPresent()
            ? destination(destinations.get(), "OnSuccess")
            : before.onSuccess(),
        destinations.isPresent()
            ? destination(destinations.get(), "OnFailure")
            : before.onFailure(),
        clock.now());
  }

  private static @Nullable Integer number(
      Input input, String member, int least, int most, @Nullable Integer before) {
    if (!input.has(member)) {
      return before;
    }
    int value = input.integer(member).orElse(least);
    if (value < least || value > most) {
      throw LambdaErrors.invalid(
          member + " must be from " + least + " to " + most + ", got " + value);
    }
    return value;
  }

  private static @Nullable String destination(Input destinations, String kind) {
    String arn =
        destinations
            .structure(kind)
            .flatMap(target -> target.only("Destination").text("Destination"))
            .orElse("");
    if (arn.isEmpty()) {
      return null;
    }
    EventOutcomes.requireDestination("DestinationConfig." + kind, arn);
    return arn;
  }

  private Output get(Input input, CallContext context) {
    return store.answer(
        input, (function, ref) -> write(function, qualifier(ref), existing(function, ref)));
  }

  private Output list(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    List<ObjectNode> all =
        store.with(
            ref,
            function -> {
              var items = new ArrayList<ObjectNode>();
              function.eventConfigs.forEach(
                  (qualifier, config) -> items.add(write(function, qualifier, config)));
              return items;
            });
    return LambdaPages.of(all, "FunctionEventInvokeConfigs", input);
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        (function, ref) -> {
          existing(function, ref);
          function.eventConfigs.remove(qualifier(ref));
        });
  }

  private static ObjectNode write(LambdaFunction function, String qualifier, EventConfig config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("LastModified", config.modified().getEpochSecond());
    json.put("FunctionArn", function.arn + ":" + qualifier);
    Json.putIfPresent(json, "MaximumRetryAttempts", config.retries());
    Json.putIfPresent(json, "MaximumEventAgeInSeconds", config.age());
    ObjectNode destinations = json.putObject("DestinationConfig");
    write(destinations, "OnSuccess", config.onSuccess());
    write(destinations, "OnFailure", config.onFailure());
    return json;
  }

  private static void write(ObjectNode destinations, String kind, @Nullable String arn) {
    ObjectNode destination = destinations.putObject(kind);
    Json.putIfPresent(destination, "Destination", arn);
  }

  private static EventConfig existing(LambdaFunction function, FunctionRef ref) {
    EventConfig config = function.eventConfigs.get(qualifier(ref));
    if (config == null) {
      throw LambdaErrors.notFound(
          "The function "
              + function.arn
              + ":"
              + qualifier(ref)
              + " doesn't have an EventInvokeConfig");
    }
    return config;
  }

  private static String qualifier(FunctionRef ref) {
    return ref.qualifier() == null ? "$LATEST" : ref.qualifier();
  }
}
