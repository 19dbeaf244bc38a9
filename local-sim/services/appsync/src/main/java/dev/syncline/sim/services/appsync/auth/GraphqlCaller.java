// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.events.AuthMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verified caller of a GraphQL API. Immutable as long as the node is not changed.
 *
 * @param mode the mode that verified it
 * @param identity {@code ctx.identity}; a null node for an API key
 * @param groups of a user pool's user
 * @param deniedFields of a Lambda authorizer: {@code Type.field} or the ARN of a field
 * @param principalArn the principal that signed; null for another mode
 * @param accessKeyId the key that it signed with; null for another mode
 */
public record GraphqlCaller(
    AuthMode mode,
    JsonNode identity,
    Set<String> groups,
    Set<String> deniedFields,
    @Nullable String principalArn,
    @Nullable String accessKeyId) {
  /** A caller who has not signed. */
  public GraphqlCaller(
      AuthMode mode,
      JsonNode identity,
      Set<String> groups,
      Set<String> deniedFields,
      @Nullable String principalArn) {
    this(mode, identity, groups, deniedFields, principalArn, null);
  }

  /** Copies the sets. */
  public GraphqlCaller {
    groups = Set.copyOf(groups);
    deniedFields = Set.copyOf(deniedFields);
  }
}
