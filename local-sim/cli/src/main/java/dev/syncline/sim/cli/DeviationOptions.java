// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The date of the clock, and the options by which the simulator differs from AWS. */
final class DeviationOptions {
  private static final String NOW = "--now";
  private static final String TOLERATE = "--tolerate";
  private static final String TOKEN_ISSUER = "--token-issuer";
  private static final String UNTARGETED_JSON = "--sqs-untargeted-json";

  @Option(
      names = NOW,
      paramLabel = "DATE",
      description =
          "The date at which the clock starts, such as 2024-11-15 or 2024-11-15T09:30:00Z; without"
              + " an offset it is UTC. Default: the present.")
  private @Nullable String now;

  @Option(
      names = TOLERATE,
      paramLabel = "NAME",
      split = ",",
      description =
          "A refusal of AWS to leave out and to report: key-expiry, unknown-properties,"
              + " dead-letter-permission, visibility-timeout or unknown-managed-policies. Several"
              + " are separated by commas; all is every one. Default: none.")
  private List<String> tolerated = new ArrayList<>();

  @Option(
      names = UNTARGETED_JSON,
      paramLabel = "READING",
      description =
          "How SQS reads a request of application/x-amz-json-1.0 without X-Amz-Target: query (its"
              + " parameters are in the URL; the default) or refuse.")
  private String untargetedJson = "query";

  @Option(
      names = TOKEN_ISSUER,
      paramLabel = "ISSUER",
      description =
          "What tokens of Cognito user pools name as their issuer: aws (the host of AWS; the"
              + " default) or local (this port, for verifiers that fetch the keys there).")
  private String tokenIssuer = "aws";

  /**
   * A configuration with these options.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  SimulatorConfig applyTo(SimulatorConfig config) {
    return config
        .withStart(start())
        .withTolerances(tolerances())
        .withSqs(new SqsSettings(jsonNeedsTarget()))
        .withSetting(new CognitoSettings(issuer()));
  }

  private @Nullable Instant start() {
    String text = now;
    if (text == null) {
      return null;
    }
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return text.matches(".*T.*(Z|[+-]\\d{2}:?\\d{0,2})")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException notADate) {
      throw new IllegalArgumentException(
          NOW
              + " must be a date such as 2024-11-15, or a time such as 2024-11-15T09:30:00Z, got '"
              + text
              + "'",
          notADate);
    }
  }

  private Set<Tolerance> tolerances() {
    var all = EnumSet.noneOf(Tolerance.class);
    for (String name : tolerated) {
      if (name.equals("all")) {
        return EnumSet.allOf(Tolerance.class);
      }
      try {
        all.add(Tolerance.named(name));
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException(TOLERATE + ": " + unknown.getMessage(), unknown);
      }
    }
    return all;
  }

  private CognitoSettings.Issuer issuer() {
    return switch (tokenIssuer.toLowerCase(Locale.ROOT)) {
      case "aws" -> CognitoSettings.Issuer.AWS;
      case "local" -> CognitoSettings.Issuer.LOCAL;
      default ->
          throw new IllegalArgumentException(
              TOKEN_ISSUER + " must be aws or local, got '" + tokenIssuer + "'");
    };
  }

  private boolean jsonNeedsTarget() {
    return switch (untargetedJson.toLowerCase(Locale.ROOT)) {
      case "query" -> false;
      case "refuse" -> true;
      default ->
          throw new IllegalArgumentException(
              UNTARGETED_JSON + " must be query or refuse, got '" + untargetedJson + "'");
    };
  }
}
