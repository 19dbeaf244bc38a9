// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Secrets by name. Thread-safe: the store has one lock, every method holds it, and {@link
 * #exclusively} holds it for a whole operation. Secrets are read and changed only there.
 */
final class SecretStore {
  /** What a caller may do with the secret of a service. */
  private static final Set<String> READS =
      Set.of(
          "DescribeSecret",
          "GetSecretValue",
          "BatchGetSecretValue",
          "GetResourcePolicy",
          "ListSecretVersionIds");

  private final Exclusive lock = new Exclusive();
  private final SimClock clock;
  private final Map<String, Secret> byName = new TreeMap<>();

  SecretStore(SimClock clock) {
    this.clock = clock;
  }

  /** Runs {@code work} while no other thread uses the store, and returns its result. */
  <T> T exclusively(Supplier<T> work) {
    return lock.call(work);
  }

  /**
   * An operation that runs {@link #exclusively}, after its input's sizes are checked. Calls from
   * outside cannot change the secret of a service.
   *
   * @param signature as for {@link Operation#of}
   */
  Operation operation(String signature, Function<Input, Output> handler) {
    String name = Operation.nameIn(signature);
    return Operation.of(
        signature,
        (input, context) -> {
          requireConstraints(input);
          return exclusively(
              () -> {
                if (!context.host().isEmpty() && !READS.contains(name)) {
                  requireNotOwned(input);
                }
                return handler.apply(input);
              });
        });
  }

  /** Checks the sizes of the published shapes before anything is changed. */
  private static void requireConstraints(Input input) {
    Constraints.of(input)
        .length("SecretId", 1, 2048)
        .length("Name", 1, 512)
        .length("Description", 0, 2048)
        .length("KmsKeyId", 0, 2048)
        .length("ClientRequestToken", 32, 64)
        .secretLength("SecretString", 1, Secret.MAX_BYTES)
        .secretLength("SecretBinary", 1, Integer.MAX_VALUE)
        .texts("VersionStages", 1, 20, 1, 256)
        .length("VersionId", 32, 64)
        .length("VersionStage", 1, 256)
        .length("MoveToVersionId", 32, 64)
        .length("RemoveFromVersionId", 32, 64)
        .length("ResourcePolicy", 1, 20_480)
        .range("MaxResults", 1, 100)
        .length("NextToken", 1, 4096)
        .texts("TagKeys", 0, Integer.MAX_VALUE, 1, 128)
        .verify();
  }

  /** Refuses to change the secret of a service. */
  private void requireNotOwned(Input input) {
    input
        .text("SecretId")
        .flatMap(this::find)
        .map(secret -> secret.owningService)
        .ifPresent(
            owner -> {
              throw SecretErrors.ownedBy(owner);
            });
  }

  /** Every secret whose recovery window has not passed, by name. */
  Collection<Secret> all() {
    return exclusively(
        () -> {
          byName
              .values()
              .removeIf(
                  secret -> secret.deleteOn != null && !clock.now().isBefore(secret.deleteOn));
          return byName.values();
        });
  }

  void add(Secret secret) {
    exclusively(() -> byName.put(secret.name, secret));
  }

  void remove(Secret secret) {
    exclusively(() -> byName.remove(secret.name));
  }

  @Nullable Secret named(String name) {
    return exclusively(
        () -> {
          all();
          return byName.get(name);
        });
  }

  /** The secret by name, ARN, or ARN without its random end; also one that is to be deleted. */
  Optional<Secret> find(String secretId) {
    return exclusively(() -> all().stream().filter(secret -> secret.isNamed(secretId)).findFirst());
  }

  /**
   * As {@link #find}.
   *
   * @throws AwsException {@code ResourceNotFoundException}
   */
  Secret any(String secretId) {
    return find(secretId).orElseThrow(SecretErrors::noSecret);
  }

  /** As {@link #any}, refusing one that is to be deleted. */
  Secret live(String secretId) {
    Secret secret = any(secretId);
    if (secret.deleteOn != null) {
      throw SecretErrors.markedForDeletion();
    }
    return secret;
  }
}
