// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.HttpBinding;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EventInvoker;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How asynchronous invocations are tried again. Destinations are refused by name. */
final class EventConfigOperations {
  private static final String URI = "/2019-09-25/functions/{FunctionName}/event-invoke-config";

  private final SimClock clock;
  private final FunctionStore store;

  EventConfigOperations(SimClock clock, FunctionStore store) {
    this.clock = clock;
    this.store = store;
  }

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "PutFunctionEventInvokeConfig",
            HttpBinding.of("PUT", URI, 200),
            this::put,
            "FunctionName",
            "Qualifier",
            "MaximumRetryAttempts",
            "MaximumEventAgeInSeconds",
            "DestinationConfig"),
        Operation.rest(
            "GetFunctionEventInvokeConfig",
            HttpBinding.of("GET", URI, 200),
            this::get,
            "FunctionName",
            "Qualifier"),
        Operation.rest(
            "DeleteFunctionEventInvokeConfig",
            HttpBinding.of("DELETE", URI, 204),
            this::delete,
            "FunctionName",
            "Qualifier"));
  }

  private Output put(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    input
        .structure("DestinationConfig")
        .ifPresent(
            destinations -> {
              for (String kind : List.of("OnSuccess", "OnFailure")) {
                boolean named =
                    destinations
                        .only("OnSuccess", "OnFailure")
                        .structure(kind)
                        .flatMap(target -> target.text("Destination"))
                        .isPresent();
                if (named) {
                  throw FunctionStore.invalid(
                      "The simulator does not support DestinationConfig." + kind + ".");
                }
              }
            });
    int retries = input.integer("MaximumRetryAttempts").orElse(2);
    int age = input.integer("MaximumEventAgeInSeconds").orElse(21_600);
    if (retries < 0 || retries > 2) {
      throw FunctionStore.invalid("MaximumRetryAttempts must be from 0 to 2, got " + retries);
    }
    if (age < 60 || age > 21_600) {
      throw FunctionStore.invalid("MaximumEventAgeInSeconds must be from 60 to 21600, got " + age);
    }
    return Output.of(
        store.with(
            ref,
            function -> {
              store.resolve(function, ref.qualifier());
              var policy = new EventInvoker.Policy(retries, Duration.ofSeconds(age));
              function.eventPolicies.put(qualifier(ref), policy);
              return write(function, ref, policy);
            }));
  }

  private Output get(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    return Output.of(store.with(ref, function -> write(function, ref, existing(function, ref))));
  }

  private Output delete(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    store.with(
        ref,
        function -> {
          existing(function, ref);
          function.eventPolicies.remove(qualifier(ref));
          return true;
        });
    return Output.empty();
  }

  private ObjectNode write(LambdaFunction function, FunctionRef ref, EventInvoker.Policy policy) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("LastModified", clock.now().getEpochSecond());
    json.put("FunctionArn", function.arn + ":" + qualifier(ref));
    json.put("MaximumRetryAttempts", policy.maxRetries());
    json.put("MaximumEventAgeInSeconds", policy.maxAge().toSeconds());
    ObjectNode destinations = json.putObject("DestinationConfig");
    destinations.putObject("OnSuccess");
    destinations.putObject("OnFailure");
    return json;
  }

  private static EventInvoker.Policy existing(LambdaFunction function, FunctionRef ref) {
    EventInvoker.Policy policy = function.eventPolicies.get(qualifier(ref));
    if (policy == null) {
      throw new AwsException(
          "ResourceNotFoundException",
          404,
          "The function "
              + function.arn
              + ":"
              + qualifier(ref)
              + " doesn't have an"
              + " EventInvokeConfig",
          Map.of("Type", "User"));
    }
    return policy;
  }

  private static String qualifier(FunctionRef ref) {
    return ref.qualifier() == null ? "$LATEST" : ref.qualifier();
  }
}
