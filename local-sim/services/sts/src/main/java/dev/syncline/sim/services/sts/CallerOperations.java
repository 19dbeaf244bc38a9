// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import java.util.List;
import java.util.Optional;

/** The operations on the caller and on access keys. Thread-safe. */
record CallerOperations(SimClock clock, AccessKeyStore keys, String account, String userId) {
  List<Operation> operations() {
    return List.of(
        Operation.of("GetCallerIdentity", this::getCallerIdentity),
        Operation.of("GetAccessKeyInfo: AccessKeyId", this::getAccessKeyInfo));
  }

  private Output getCallerIdentity(Input input, CallContext context) {
    Optional<AccessKey> session = keys.session(context.accessKeyId(), clock.now());
    String arn = session.map(AccessKey::principalArn).orElse(StsArns.user(account));
    return Output.of(
        Json.object()
            .put("UserId", session.map(AccessKey::userId).orElse(userId))
            .put("Account", Arn.parse(arn).account())
            .put("Arn", arn));
  }

  private Output getAccessKeyInfo(Input input, CallContext context) {
    String id = input.requiredText("AccessKeyId");
    String owner =
        keys.find(id).map(key -> Arn.parse(key.principalArn()).account()).orElse(account);
    return Output.of(Json.object().put("Account", owner));
  }
}
