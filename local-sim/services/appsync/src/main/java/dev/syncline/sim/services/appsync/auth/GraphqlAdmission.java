// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import dev.syncline.sim.events.Refusal;

/** The decision on a request to a GraphQL API. */
public sealed interface GraphqlAdmission {
  /** The credential fits a mode of the API. */
  record Admitted(GraphqlCaller caller) implements GraphqlAdmission {}

  /** It does not. */
  record Refused(Refusal refusal) implements GraphqlAdmission {}
}
