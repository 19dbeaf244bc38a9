// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.BackendContext;
import dev.syncline.bridge.backend.BackendFactory;
import dev.syncline.temporal.TemporalConfig;
import dev.syncline.work.Randomness;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * {@code BACKEND=temporal}. {@code TEMPORAL_ANSWERS} selects how answers arrive: {@code channel},
 * over AppSync Events as with the other backends; or {@code update}, which is the default:
 * Update-with-Start starts the work and waits for it in one request to Temporal, and no Event API
 * is needed.
 */
public final class TemporalFactory implements BackendFactory {
  private static final String ANSWERS = "TEMPORAL_ANSWERS";

  @Override
  public String name() {
    return "temporal";
  }

  @Override
  public void check(Map<String, String> environment) {
    TemporalConfig.fromEnvironment(environment);
    answersOnChannel(environment);
  }

  @Override
  public boolean answersOnChannel(Map<String, String> environment) {
    String answers = environment.getOrDefault(ANSWERS, "").strip().toLowerCase(Locale.ROOT);
    return switch (answers) {
      case "", "update" -> false;
      case "channel" -> true;
      default ->
          throw new IllegalArgumentException(
              ANSWERS + " must be update or channel, but is \"" + answers + "\"");
    };
  }

  @Override
  public Backend create(BackendContext context) {
    return TemporalBackend.connect(
        TemporalConfig.fromEnvironment(context.environment()),
        answersOnChannel(context.environment()),
        context.io(),
        context.clock(),
        TemporalFactory::updateId);
  }

  /** A unique id among the callers that wait for the same job; not a secret. */
  private static String updateId() {
    RandomGenerator random = Randomness.real();
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextLong());
  }
}
