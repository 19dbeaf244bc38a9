// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.services.appsync.auth.GraphqlAdmission;
import dev.syncline.sim.services.appsync.auth.GraphqlCall;
import dev.syncline.sim.services.appsync.auth.GraphqlVerifier;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import java.util.List;

/** Verifies the callers of APIs. Thread-safe. May block while a Lambda authorizer runs. */
record GraphqlAdmissions(GraphqlVerifier verifier) {
  /** Whether the credential fits a mode of the API. */
  GraphqlAdmission admit(GraphqlApiRecord api, GraphqlCall call) {
    return verifier.verify(
        new GraphqlVerifier.Api(
            api.apiId(),
            List.of(api.httpHost(), api.realtimeHost()),
            api.settings().authProviders(),
            api.keys(),
            api.settings().denysByDefault()),
        call);
  }
}
