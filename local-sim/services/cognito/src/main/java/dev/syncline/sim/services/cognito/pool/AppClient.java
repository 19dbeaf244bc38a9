// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An app client. Immutable: {@code settings} is never changed after construction.
 *
 * @param secrets every secret that is valid; none for a public client
 * @param settings the other members of {@code DescribeUserPoolClient}'s answer; a member that was
 *     not sent and has no default in the answer is absent
 */
public record AppClient(
    String id,
    String poolId,
    String name,
    List<String> secrets,
    Instant created,
    Instant modified,
    ObjectNode settings) {
  /** Copies the secrets. */
  public AppClient {
    secrets = List.copyOf(secrets);
  }

  /** This client with other secrets. */
  public AppClient withSecrets(List<String> newSecrets, Instant now) {
    return new AppClient(id, poolId, name, newSecrets, created, now, settings);
  }

  /** Whether errors do not tell that a user does not exist. */
  public boolean hidesUsers() {
    return settings.path("PreventUserExistenceErrors").asText().equals("ENABLED");
  }

  /** {@code ExplicitAuthFlows}; empty when none was sent. */
  public List<String> authFlows() {
    return texts("ExplicitAuthFlows");
  }

  /** A member that is a list of texts; empty when absent. */
  public List<String> texts(String member) {
    var texts = new ArrayList<String>();
    settings.path(member).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Whether tokens of this client can be revoked. */
  public boolean revocation() {
    return settings.path("EnableTokenRevocation").asBoolean(true);
  }

  /** How long access tokens are valid. */
  public Duration accessTokenLife() {
    return life("AccessTokenValidity", "AccessToken", "hours", 1);
  }

  /** How long ID tokens are valid. */
  public Duration idTokenLife() {
    return life("IdTokenValidity", "IdToken", "hours", 1);
  }

  /** How long refresh tokens are valid. */
  public Duration refreshTokenLife() {
    return life("RefreshTokenValidity", "RefreshToken", "days", 30);
  }

  /** How long the session of a challenge is valid. */
  public Duration sessionLife() {
    return Duration.ofMinutes(settings.path("AuthSessionValidity").asInt(3));
  }

  private Duration life(String member, String unitMember, String unitOtherwise, long otherwise) {
    long value = settings.path(member).asLong(0);
    String unit = settings.at("/TokenValidityUnits/" + unitMember).asText(unitOtherwise);
    long amount = value == 0 ? otherwise : value;
    if (value == 0) {
      unit = unitOtherwise;
    }
    return switch (unit) {
      case "seconds" -> Duration.ofSeconds(amount);
      case "minutes" -> Duration.ofMinutes(amount);
      case "days" -> Duration.ofDays(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
