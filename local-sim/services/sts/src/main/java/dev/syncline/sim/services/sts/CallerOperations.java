// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** The operations on the caller and on access keys. Thread-safe. */
record CallerOperations(StsCallers callers, AccessKeyStore keys, String account) {
  List<Operation> operations() {
    return List.of(
        Operation.of("GetCallerIdentity", this::getCallerIdentity),
        Operation.of("GetAccessKeyInfo: AccessKeyId", this::getAccessKeyInfo));
  }

  private Output getCallerIdentity(Input input, CallContext context) {
    var caller = callers.of(context);
    return Output.of(
        Json.object()
            .put("UserId", caller.id())
            .put("Account", Arn.parse(caller.arn()).account())
            .put("Arn", caller.arn()));
  }

  private Output getAccessKeyInfo(Input input, CallContext context) {
    String id = input.requiredText("AccessKeyId");
    String owner =
        keys.find(id).map(key -> Arn.parse(key.principalArn()).account()).orElse(account);
    return Output.of(Json.object().put("Account", owner));
  }
}
