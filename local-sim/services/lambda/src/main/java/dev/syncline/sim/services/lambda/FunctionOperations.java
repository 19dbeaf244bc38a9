// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Changes functions: create, update, delete. */
record FunctionOperations(
    SimClock clock,
    FunctionStore store,
    CodeSource codes,
    CodeCollector collector,
    FunctionHost host,
    VersionPublisher publisher,
    ConfigWriter writer,
    FunctionLayers layers,
    FunctionChecks checks) {
  static final String BASE = "/2015-03-31/functions";
  static final String ONE = BASE + "/{FunctionName}";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateFunction",
            HttpBinding.post(BASE, 201),
            this::create,
            and(ConfigReader.MEMBERS, "Code", "Publish", "PackageType", "Tags", "Architectures")),
        Operation.rest(
            "UpdateFunctionCode",
            HttpBinding.put(ONE + "/code"),
            this::updateCode,
            "ZipFile",
            "S3Bucket",
            "S3Key",
            "S3ObjectVersion",
            "Publish",
            "DryRun",
            "RevisionId",
            "Architectures"),
        Operation.rest(
            "UpdateFunctionConfiguration",
            HttpBinding.put(ONE + "/configuration"),
            this::updateConfiguration,
            and(ConfigReader.MEMBERS, "RevisionId")),
        Operation.rest("DeleteFunction", HttpBinding.delete(ONE, 204), this::delete, "Qualifier"));
  }

  private Output create(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    ConfigReader.requireZip(input, ref.name());
    Input given = input.structure("Code").orElse(new Input(JsonNodeFactory.instance.objectNode()));
    CodePackage code =
        codes.required(given.only("ZipFile", "S3Bucket", "S3Key", "S3ObjectVersion"), context);
    return held(
        code,
        () -> withLayers(input, List.of(), code, all -> create(ref, input, code, all, context)));
  }

  /** Runs the work with the function's layers, which are held until it is done. */
  private Output withLayers(
      Input input,
      List<FunctionLayer> before,
      CodePackage code,
      Function<List<FunctionLayer>, Output> work) {
    List<FunctionLayer> all = layers.read(input, before, code);
    try {
      return work.apply(all);
    } finally {
      layers.release(all);
    }
  }

  /** Holds the code until the work that stores a function with it is done. */
  private Output held(CodePackage code, Supplier<Output> work) {
    try {
      return work.get();
    } finally {
      collector.release(code.code());
      collector.collect();
    }
  }

  private Output create(
      FunctionRef ref,
      Input input,
      CodePackage code,
      List<FunctionLayer> with,
      CallContext context) {
    FunctionConfig config =
        ConfigReader.read(input, null, code, with, store.newRevision(), clock.now());
    checks.runtime(ref.name(), config, true);
    checks.role(config, store.arn(ref.name()), context);
    checks.deadLetters(input, config);
    checks.extensions(ref.name(), config, with);
    checks.interpreter(ref.name(), config);
    checks.paths(ref.name(), config);
    ObjectNode answer =
        store.locked(
            all -> {
              if (all.containsKey(ref.name())) {
                throw LambdaErrors.conflict("Function already exist: " + ref.name());
              }
              var function = new LambdaFunction(ref.name(), store.arn(ref.name()), config);
              function.tags.putAll(input.textMap("Tags"));
              setDeadLetterTarget(function, input);
              all.put(ref.name(), function);
              host.activate(store.spec(function, config));
              FunctionConfig shown =
                  input.bool("Publish", false) ? publisher.publish(function, null) : config;
              return writer.write(function, shown, false);
            });
    return Output.of(answer);
  }

  private Output updateCode(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    FunctionConfig before = store.with(ref, function -> function.latest);
    checks.runtime(ref.name(), before, false);
    CodePackage code = codes.required(input, context);
    return held(
        code,
        () ->
            withLayers(
                new Input(JsonNodeFactory.instance.objectNode()),
                before.layers(),
                code,
                all -> updateCode(ref, input, code)));
  }

  private Output updateCode(FunctionRef ref, Input input, CodePackage code) {
    return Output.of(
        store.with(
            ref,
            function -> {
              FunctionStore.requireRevision(input, function.latest);
              FunctionConfig before = function.latest;
              FunctionConfig after =
                  before.withCode(
                      code,
                      ConfigReader.architectures(input, before.architectures()),
                      store.newRevision(),
                      clock.now());
              if (input.bool("DryRun", false)) {
                return writer.write(function, after, false);
              }
              checks.paths(ref.name(), after);
              return writer.write(function, replace(function, after, input), false);
            }));
  }

  private Output updateConfiguration(Input input, CallContext context) {
    FunctionConfig before = store.with(FunctionRef.of(input), function -> function.latest);
    try {
      return withLayers(
          input, before.layers(), before.code(), all -> updateConfiguration(input, all, context));
    } finally {
      collector.collect();
    }
  }

  private Output updateConfiguration(Input input, List<FunctionLayer> with, CallContext context) {
    return store.answer(
        input,
        (function, ref) -> {
          FunctionConfig before = function.latest;
          FunctionStore.requireRevision(input, before);
          FunctionConfig after =
              ConfigReader.read(
                  input,
                  before,
                  before.code(),
                  input.has("Layers") ? with : before.layers(),
                  store.newRevision(),
                  clock.now());
          checks.runtime(ref.name(), after, false);
          if (input.has("Role")) {
            checks.role(after, store.arn(ref.name()), context);
          }
          if (input.has("Runtime")) {
            checks.interpreter(ref.name(), after);
          }
          checks.deadLetters(input, after);
          if (!after.layers().equals(before.layers())) {
            checks.extensions(ref.name(), after, after.layers());
          }
          setDeadLetterTarget(function, input);
          return writer.write(function, replace(function, after, input), false);
        });
  }

  private static void setDeadLetterTarget(LambdaFunction function, Input input) {
    ConfigReader.deadLetterTarget(input)
        .ifPresent(target -> function.deadLetterTarget = target.isEmpty() ? null : target);
  }

  private FunctionConfig replace(LambdaFunction function, FunctionConfig after, Input input) {
    host.retire(store.spec(function, function.latest));
    function.latest = after;
    host.activate(store.spec(function, after));
    return input.has("Publish") && input.bool("Publish", false)
        ? publisher.publish(function, null)
        : after;
  }

  private Output delete(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    var retired = new ArrayList<FunctionSpec>();
    store.with(
        ref,
        function -> {
          if (ref.qualifier() == null) {
            retired.add(store.spec(function, function.latest));
            function.versions.values().forEach(v -> retired.add(store.spec(function, v)));
            store.reserve(function, null);
            store.locked(all -> all.remove(ref.name()));
            return true;
          }
          if (ref.qualifier().equals("$LATEST") || function.aliases.containsKey(ref.qualifier())) {
            throw LambdaErrors.invalid(
                "$LATEST version cannot be deleted without deleting the function.");
          }
          FunctionConfig version = store.resolve(function, ref.qualifier());
          boolean aliased =
              function.aliases.values().stream()
                  .anyMatch(alias -> alias.version().equals(version.version()));
          if (aliased) {
            throw LambdaErrors.conflict("Version " + version.version() + " is used by an alias.");
          }
          function.versions.remove(Integer.parseInt(version.version()));
          function.versionDeadLetters.remove(version.version());
          function.provisioned.remove(version.version());
          retired.add(store.spec(function, version));
          return true;
        });
    retired.forEach(host::retire);
    collector.collect();
    if (ref.qualifier() == null) {
      checks.notices().forget(ref.name());
    }
    return Output.empty();
  }

  private static String[] and(String[] members, String... more) {
    return Stream.concat(Arrays.stream(members), Arrays.stream(more)).toArray(String[]::new);
  }
}
