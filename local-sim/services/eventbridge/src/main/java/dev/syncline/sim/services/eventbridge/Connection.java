// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a connection. Immutable; a change creates a new one.
 *
 * @param authorizationType kept when the connection is deauthorized
 * @param authorization null once deauthorized
 * @param secretArn the secret that mirrors the parameters; null before it is created
 * @param lastAuthorized null until first authorized
 */
record Connection(
    String name,
    String arn,
    @Nullable String description,
    State state,
    String authorizationType,
    @Nullable ConnectionAuthorization authorization,
    InvocationParameters parameters,
    @Nullable String secretArn,
    Instant created,
    Instant lastModified,
    @Nullable Instant lastAuthorized) {

  /** The states that the simulator's connections go through. */
  enum State {
    CREATING,
    UPDATING,
    DEAUTHORIZING,
    DELETING,
    AUTHORIZED,
    DEAUTHORIZED;

    /** Whether no operation is changing the connection. */
    boolean settled() {
      return this == AUTHORIZED || this == DEAUTHORIZED;
    }
  }

  Connection in(State next, Instant now) {
    return new Connection(
        name,
        arn,
        description,
        next,
        authorizationType,
        authorization,
        parameters,
        secretArn,
        created,
        now,
        lastAuthorized);
  }

  Connection authorized(String secret, Instant now) {
    return new Connection(
        name,
        arn,
        description,
        State.AUTHORIZED,
        authorizationType,
        authorization,
        parameters,
        secret,
        created,
        now,
        now);
  }

  Connection deauthorized(Instant now) {
    return new Connection(
        name,
        arn,
        description,
        State.DEAUTHORIZED,
        authorizationType,
        null,
        InvocationParameters.NONE,
        null,
        created,
        now,
        lastAuthorized);
  }
}
