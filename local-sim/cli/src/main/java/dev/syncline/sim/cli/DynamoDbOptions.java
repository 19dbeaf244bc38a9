// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say how DynamoDB behaves. */
final class DynamoDbOptions {
  private static final String WORDING = "--dynamodb-wording";
  private static final String ACTIVATION = "--dynamodb-activation-delay";
  private static final String EXPIRY = "--dynamodb-expiry-delay";
  private static final String STREAM = "--dynamodb-stream-delay";

  @Option(
      names = WORDING,
      paramLabel = "WORDING",
      description =
          "The generation of DynamoDB's validation messages: new (since 2026; the default) or"
              + " classic.")
  private String wording = "new";

  @Option(
      names = ACTIVATION,
      paramLabel = "TIME",
      description =
          "How long a DynamoDB table or index stays in CREATING, UPDATING or DELETING, such as 2s."
              + " Default: ${DEFAULT-VALUE}.")
  private String activationDelay = "0s";

  @Option(
      names = EXPIRY,
      paramLabel = "TIME",
      description =
          "How long an expired DynamoDB item stays before time to live deletes it, such as 5m."
              + " Default: ${DEFAULT-VALUE}.")
  private String expiryDelay = "0s";

  @Option(
      names = STREAM,
      paramLabel = "TIME",
      description =
          "How long a DynamoDB stream record stays invisible after its write, such as 0.5s."
              + " Default: ${DEFAULT-VALUE}.")
  private String streamDelay = "0s";

  /**
   * The options as settings.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  DynamoDbSettings settings() {
    return new DynamoDbSettings(
        generation(),
        time(ACTIVATION, activationDelay),
        time(EXPIRY, expiryDelay),
        time(STREAM, streamDelay));
  }

  private Wording generation() {
    return switch (wording.toLowerCase(Locale.ROOT)) {
      case "new" -> Wording.NEW;
      case "classic" -> Wording.CLASSIC;
      default ->
          throw new IllegalArgumentException(
              WORDING + " must be new or classic, got '" + wording + "'");
    };
  }

  private static Duration time(String option, String value) {
    Duration time;
    try {
      time = Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException notATime) {
      time = Duration.ofSeconds(-1);
    }
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          option + " must be a time such as 0.5s, 90s or 5m, got '" + value + "'");
    }
    return time;
  }
}
