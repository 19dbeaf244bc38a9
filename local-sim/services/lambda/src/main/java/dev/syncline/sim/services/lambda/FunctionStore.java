// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.LogSettings;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Output;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All functions. Functions are read and changed only inside {@link #with} or {@link #locked}, which
 * hold the store's lock, so that each operation is atomic. Thread-safe.
 */
final class FunctionStore {
  /** Concurrency that must stay unreserved. Source: Lambda quotas. */
  static final int MIN_UNRESERVED = 100;

  private final String account;
  private final String region;
  private final Ids ids;
  private final LayerDirectories folders;
  private final Exclusive lock = new Exclusive();
  private volatile int reservedInAll;
  private final TreeMap<String, LambdaFunction> functions = new TreeMap<>();

  FunctionStore(String account, String region, Ids ids, LayerDirectories folders) {
    this.folders = folders;
    this.account = account;
    this.region = region;
    this.ids = ids;
  }

  String arn(String name) {
    return Arn.aws("lambda", region, account, "function:" + name);
  }

  String newRevision() {
    return ids.uuid().toString();
  }

  <T extends @Nullable Object> T locked(Function<TreeMap<String, LambdaFunction>, T> work) {
    return lock.call(() -> work.apply(functions));
  }

  /** Runs {@code work} on a function that must exist. */
  <T extends @Nullable Object> T with(FunctionRef ref, Function<LambdaFunction, T> work) {
    return locked(
        all -> {
          LambdaFunction function = all.get(ref.name());
          if (function == null) {
            throw LambdaErrors.functionNotFound(
                arn(ref.name()) + (ref.qualifier() == null ? "" : ":" + ref.qualifier()));
          }
          return work.apply(function);
        });
  }

  /** Answers from the function that the input names, which must be there. */
  Output answer(Input input, BiFunction<LambdaFunction, FunctionRef, ObjectNode> work) {
    FunctionRef ref = FunctionRef.of(input);
    return Output.of(with(ref, function -> work.apply(function, ref)));
  }

  /** Changes the function that the input names, which must be there; the answer is empty. */
  Output change(Input input, BiConsumer<LambdaFunction, FunctionRef> work) {
    FunctionRef ref = FunctionRef.of(input);
    with(
        ref,
        function -> {
          work.accept(function, ref);
          return true;
        });
    return Output.empty();
  }

  /** How much of the account's concurrency is reserved; never blocks. */
  int reservedInAll() {
    return reservedInAll;
  }

  /** Reserves concurrency for a function, null for none; called under the lock. */
  void reserve(LambdaFunction function, @Nullable Integer reserved) {
    int provisioned = ProvisionedConcurrency.total(function);
    if (reserved != null && reserved < provisioned) {
      // The spaces are AWS's.
      throw LambdaErrors.invalid(
          " ReservedConcurrentExecutions  "
              + reserved
              + " should not be lower than function's total provisioned concurrency ["
              + provisioned
              + "].");
    }
    int before = function.reservedConcurrency == null ? 0 : function.reservedConcurrency;
    int total = reservedInAll - before + (reserved == null ? 0 : reserved);
    if (FunctionHost.ACCOUNT_CONCURRENCY - total < MIN_UNRESERVED) {
      throw LambdaErrors.invalid(
          "Specified ReservedConcurrentExecutions for function decreases account's"
              + " UnreservedConcurrentExecution below its minimum value of ["
              + MIN_UNRESERVED
              + "].");
    }
    function.reservedConcurrency = reserved;
    reservedInAll = total;
  }

  /** The version that a reference leads to; an alias with weights is drawn. */
  FunctionConfig resolve(LambdaFunction function, @Nullable String qualifier) {
    if (qualifier == null || qualifier.equals("$LATEST")) {
      return function.latest;
    }
    String version = qualifier;
    LambdaFunction.Alias alias = function.aliases.get(qualifier);
    if (alias != null) {
      version = draw(alias);
    }
    if (version.equals("$LATEST")) {
      return function.latest;
    }
    FunctionConfig published = null;
    try {
      published = function.versions.get(Integer.parseInt(version));
    } catch (NumberFormatException notAVersion) {
      // Reported as not found below.
    }
    if (published == null) {
      throw LambdaErrors.functionNotFound(function.arn + ":" + qualifier);
    }
    return published;
  }

  /**
   * The session of the role of a function's version; of {@code $LATEST} for a version that does not
   * exist.
   */
  CallPrincipal roleSession(FunctionRef ref, @Nullable String version) {
    return with(
        ref,
        function -> {
          FunctionConfig config;
          try {
            config = resolve(function, version);
          } catch (AwsException gone) {
            config = function.latest;
          }
          return new CallPrincipal.RoleSession(config.role(), function.name);
        });
  }

  FunctionSpec spec(LambdaFunction function, FunctionConfig config) {
    return new FunctionSpec(
        function.name,
        config.version(),
        function.arn,
        config.contentId(),
        config.runtime(),
        config.handler(),
        config.memorySize(),
        Duration.ofSeconds(config.timeout()),
        config.environment(),
        config.code().code(),
        config.environmentConcurrency(),
        function.reservedConcurrency,
        config.logging().get("LogGroup").asText(),
        config.snapStart().equals("PublishedVersions") && !config.version().equals("$LATEST"),
        logging(config),
        folders.of(config.layers()),
        config.role());
  }

  private static LogSettings logging(FunctionConfig config) {
    ObjectNode given = config.logging();
    return new LogSettings(
        given.path("LogFormat").asText().equals("JSON"),
        given.path("ApplicationLogLevel").asText("INFO"),
        given.path("SystemLogLevel").asText("INFO"));
  }

  /** Refuses to change a function that has been changed since the caller read it. */
  static void requireRevision(Input input, FunctionConfig latest) {
    String expected = input.text("RevisionId").orElse("");
    if (!expected.isEmpty() && !expected.equals(latest.revisionId())) {
      throw LambdaErrors.staleFunctionRevision();
    }
  }

  private String draw(LambdaFunction.Alias alias) {
    if (alias.weights().isEmpty()) {
      return alias.version();
    }
    double drawn = ids.nextDouble();
    for (Map.Entry<String, Double> weight : alias.weights().entrySet()) {
      drawn -= weight.getValue();
      if (drawn < 0) {
        return weight.getKey();
      }
    }
    return alias.version();
  }
}
