// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Dispatcher;
import dev.syncline.sim.aws.service.HttpBinding;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Functions and their versions: create, read, update, publish, delete. */
final class FunctionOperations {
  private static final String BASE = "/2015-03-31/functions";
  private static final String ONE = BASE + "/{FunctionName}";

  private final SimClock clock;
  private final FunctionStore store;
  private final CodeStore codes;
  private final FunctionHost host;
  private final Dispatcher dispatcher;
  private final ConfigWriter writer;

  FunctionOperations(
      SimClock clock,
      FunctionStore store,
      CodeStore codes,
      FunctionHost host,
      Dispatcher dispatcher,
      ConfigWriter writer) {
    this.clock = clock;
    this.store = store;
    this.codes = codes;
    this.host = host;
    this.dispatcher = dispatcher;
    this.writer = writer;
  }

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateFunction",
            HttpBinding.of("POST", BASE, 201),
            this::create,
            and(ConfigReader.MEMBERS, "Code", "Publish", "PackageType", "Tags", "Architectures")),
        Operation.rest(
            "GetFunction", HttpBinding.of("GET", ONE, 200), this::get, "FunctionName", "Qualifier"),
        Operation.rest(
            "GetFunctionConfiguration",
            HttpBinding.of("GET", ONE + "/configuration", 200),
            this::getConfiguration,
            "FunctionName",
            "Qualifier"),
        Operation.rest(
            "UpdateFunctionCode",
            HttpBinding.of("PUT", ONE + "/code", 200),
            this::updateCode,
            "FunctionName",
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
            HttpBinding.of("PUT", ONE + "/configuration", 200),
            this::updateConfiguration,
            and(ConfigReader.MEMBERS, "RevisionId")),
        Operation.rest(
            "DeleteFunction",
            HttpBinding.of("DELETE", ONE, 204),
            this::delete,
            "FunctionName",
            "Qualifier"),
        Operation.rest(
            "ListFunctions",
            HttpBinding.of("GET", BASE, 200),
            this::list,
            "FunctionVersion",
            "Marker",
            "MaxItems"),
        Operation.rest(
            "PublishVersion",
            HttpBinding.of("POST", ONE + "/versions", 201),
            this::publish,
            "FunctionName",
            "CodeSha256",
            "Description",
            "RevisionId"),
        Operation.rest(
            "ListVersionsByFunction",
            HttpBinding.of("GET", ONE + "/versions", 200),
            this::listVersions,
            "FunctionName",
            "Marker",
            "MaxItems"),
        Operation.rest(
            "GetFunctionCodeSigningConfig",
            HttpBinding.of("GET", "/2020-06-30/functions/{FunctionName}/code-signing-config", 200),
            this::codeSigning,
            "FunctionName"));
  }

  private Output create(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    Input given = input.structure("Code").orElse(new Input(JsonNodeFactory.instance.objectNode()));
    CodePackage code = code(given.only("ZipFile", "S3Bucket", "S3Key", "S3ObjectVersion"), context);
    if (code == null) {
      throw FunctionStore.invalid("Please provide a source for function code.");
    }
    FunctionConfig config = ConfigReader.read(input, null, code, store.newRevision(), clock.now());
    ObjectNode answer =
        store.locked(
            all -> {
              if (all.containsKey(ref.name())) {
                throw FunctionStore.conflict("Function already exist: " + ref.name());
              }
              var function = new LambdaFunction(ref.name(), store.arn(ref.name()), config);
              function.tags.putAll(input.textMap("Tags"));
              all.put(ref.name(), function);
              host.activate(store.spec(function, config));
              FunctionConfig shown =
                  input.bool("Publish", false) ? publish(function, null) : config;
              return writer.write(function, shown, false);
            });
    return Output.of(answer);
  }

  private Output get(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    return Output.of(
        store.with(
            ref,
            function -> {
              ObjectNode answer = JsonNodeFactory.instance.objectNode();
              answer.set(
                  "Configuration",
                  writer.write(
                      function, store.resolve(function, ref.qualifier()), ref.qualifier() != null));
              answer.putObject("Code").put("RepositoryType", "S3");
              if (!function.tags.isEmpty()) {
                ObjectNode tags = answer.putObject("Tags");
                function.tags.forEach(tags::put);
              }
              if (function.reservedConcurrency != null) {
                answer
                    .putObject("Concurrency")
                    .put("ReservedConcurrentExecutions", function.reservedConcurrency);
              }
              return answer;
            }));
  }

  private Output getConfiguration(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    return Output.of(
        store.with(
            ref,
            function ->
                writer.write(
                    function, store.resolve(function, ref.qualifier()), ref.qualifier() != null)));
  }

  private Output updateCode(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    store.with(ref, function -> true);
    CodePackage code = code(input, context);
    if (code == null) {
      throw FunctionStore.invalid("Please provide a source for function code.");
    }
    return Output.of(
        store.with(
            ref,
            function -> {
              requireRevision(input, function.latest);
              FunctionConfig before = function.latest;
              String revision = store.newRevision();
              var after =
                  new FunctionConfig(
                      before.version(),
                      revision,
                      revision,
                      clock.now(),
                      before.runtime(),
                      before.role(),
                      before.handler(),
                      before.description(),
                      before.timeout(),
                      before.memorySize(),
                      before.environment(),
                      before.tracingMode(),
                      ConfigReader.architectures(input, before.architectures()),
                      before.ephemeralStorage(),
                      before.snapStart(),
                      before.logging(),
                      before.kmsKeyArn(),
                      before.capacityProvider(),
                      before.environmentConcurrency(),
                      code);
              if (input.bool("DryRun", false)) {
                return writer.write(function, after, false);
              }
              return writer.write(function, replace(function, after, input), false);
            }));
  }

  private Output updateConfiguration(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    return Output.of(
        store.with(
            ref,
            function -> {
              requireRevision(input, function.latest);
              FunctionConfig after =
                  ConfigReader.read(
                      input,
                      function.latest,
                      function.latest.code(),
                      store.newRevision(),
                      clock.now());
              return writer.write(function, replace(function, after, input), false);
            }));
  }

  private FunctionConfig replace(LambdaFunction function, FunctionConfig after, Input input) {
    host.retire(store.spec(function, function.latest));
    function.latest = after;
    host.activate(store.spec(function, after));
    return input.has("Publish") && input.bool("Publish", false) ? publish(function, null) : after;
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
            store.locked(all -> all.remove(ref.name()));
            return true;
          }
          if (ref.qualifier().equals("$LATEST") || function.aliases.containsKey(ref.qualifier())) {
            throw FunctionStore.invalid(
                "$LATEST version cannot be deleted without deleting the function.");
          }
          FunctionConfig version = store.resolve(function, ref.qualifier());
          boolean aliased =
              function.aliases.values().stream()
                  .anyMatch(alias -> alias.version().equals(version.version()));
          if (aliased) {
            throw FunctionStore.conflict("Version " + version.version() + " is used by an alias.");
          }
          function.versions.remove(Integer.parseInt(version.version()));
          retired.add(store.spec(function, version));
          return true;
        });
    retired.forEach(host::retire);
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    boolean all = input.text("FunctionVersion").filter("ALL"::equals).isPresent();
    var items = new ArrayList<ObjectNode>();
    store.locked(
        functions -> {
          for (LambdaFunction function : functions.values()) {
            items.add(writer.write(function, function.latest, all));
            if (all) {
              function.versions.values().forEach(v -> items.add(writer.write(function, v, true)));
            }
          }
          return true;
        });
    return page(items, "Functions", input);
  }

  private Output publish(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    return Output.of(
        store.with(
            ref,
            function -> {
              requireRevision(input, function.latest);
              String expected = input.text("CodeSha256").orElse("");
              if (!expected.isEmpty() && !expected.equals(function.latest.code().sha256())) {
                throw FunctionStore.invalid(
                    "CodeSHA256 ("
                        + expected
                        + ") is different from current CodeSHA256 in $LATEST ("
                        + function.latest.code().sha256()
                        + "). Please try again with the CodeSHA256 in $LATEST.");
              }
              return writer.write(
                  function, publish(function, input.text("Description").orElse(null)), true);
            }));
  }

  /** A version of what has not changed since the last one is the last one. */
  private FunctionConfig publish(LambdaFunction function, @Nullable String description) {
    var last = function.versions.lastEntry();
    if (last != null && last.getValue().contentId().equals(function.latest.contentId())) {
      return last.getValue();
    }
    int number = ++function.lastVersion;
    FunctionConfig published =
        function.latest.published(
            Integer.toString(number),
            description == null ? function.latest.description() : description,
            store.newRevision());
    function.versions.put(number, published);
    return published;
  }

  private Output listVersions(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    List<ObjectNode> items =
        store.with(
            ref,
            function -> {
              var all = new ArrayList<ObjectNode>();
              all.add(writer.write(function, function.latest, true));
              function.versions.values().forEach(v -> all.add(writer.write(function, v, true)));
              return all;
            });
    return page(items, "Versions", input);
  }

  private Output codeSigning(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    return Output.of(
        store.with(
            ref,
            function -> JsonNodeFactory.instance.objectNode().put("FunctionName", function.name)));
  }

  private @Nullable CodePackage code(Input input, CallContext context) {
    if (input.has("ZipFile")) {
      try {
        return codes.unpack(Base64.getDecoder().decode(input.requiredText("ZipFile")));
      } catch (IllegalArgumentException notBase64) {
        throw FunctionStore.invalid("ZipFile is not base64: " + notBase64.getMessage());
      }
    }
    if (!input.has("S3Bucket")) {
      return null;
    }
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("Bucket", input.requiredText("S3Bucket"));
    request.put("Key", input.requiredText("S3Key"));
    input.text("S3ObjectVersion").ifPresent(version -> request.put("VersionId", version));
    try {
      byte[] object = dispatcher.call("s3", "GetObject", request, context).raw();
      if (object == null) {
        throw new IllegalStateException("s3:GetObject answered without a body");
      }
      return codes.unpack(object);
    } catch (AwsException refused) {
      if (refused.code().equals("UnknownOperationException")) {
        throw refused;
      }
      throw FunctionStore.invalid(
          "Error occurred while GetObject. S3 Error Code: "
              + refused.code()
              + ". S3 Error Message: "
              + refused.text());
    }
  }

  private static void requireRevision(Input input, FunctionConfig latest) {
    String expected = input.text("RevisionId").orElse("");
    if (!expected.isEmpty() && !expected.equals(latest.revisionId())) {
      throw new AwsException(
          "PreconditionFailedException",
          412,
          "The RevisionId provided does not match the latest RevisionId. Call the"
              + " GetFunction/GetAlias API to retrieve the latest RevisionId");
    }
  }

  /** One page; the marker is the index of the next item. */
  static Output page(List<ObjectNode> items, String member, Input input) {
    int from;
    try {
      from = input.text("Marker").map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException notOurs) {
      throw FunctionStore.invalid("Invalid Marker.");
    }
    int most = Math.min(input.integer("MaxItems").orElse(50), 10_000);
    int to = Math.min(items.size(), from + most);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode page = answer.putArray(member);
    items.subList(Math.min(from, items.size()), to).forEach(page::add);
    if (to < items.size()) {
      answer.put("NextMarker", Integer.toString(to));
    }
    return Output.of(answer);
  }

  private static String[] and(String[] members, String... more) {
    return Stream.concat(Arrays.stream(members), Arrays.stream(more)).toArray(String[]::new);
  }
}
