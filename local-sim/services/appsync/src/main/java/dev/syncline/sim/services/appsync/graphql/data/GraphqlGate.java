// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.graphql.subscription.StartRequest;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import java.util.Optional;

/** What realtime connections ask of the GraphQL APIs. Thread-safe; calls may block. */
interface GraphqlGate {
  /**
   * The API that a client means.
   *
   * @param namedHost the host that the credentials name, empty when they name none
   */
  Optional<GraphqlApiRecord> find(HttpRequest upgrade, String namedHost, Credentials credentials);

  /** Whether an API exists now. */
  boolean exists(String apiId);

  /**
   * Why a credential may not open a connection; empty if it may.
   *
   * @param caller its path is the one that may have been signed
   */
  Optional<Refusal> connect(
      GraphqlApiRecord api, Credentials credentials, AuthRequest.Caller caller);

  /**
   * Verifies the credential of a start, checks the document and runs the subscription's resolver.
   *
   * @param caller its path is the one that may have been signed
   */
  GraphqlStart start(String apiId, StartRequest request, AuthRequest.Caller caller);
}
