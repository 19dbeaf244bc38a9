// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.util.List;
import java.util.Optional;

/** Operations on the access control lists of buckets. Thread-safe. */
record AclOperations(String account, S3Store store) {
  private static final BucketSetting ACL = BucketSetting.ACL;

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            ACL.put(),
            account,
            S3Bindings.bucket("PUT", Answer.bare(200))
                .marked(ACL.marker())
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS, AclRules.HEADERS))
                .carrying(Document.shaped(ACL.member(), ACL.member(), false, ACL.shape())),
            this::put),
        S3Call.operation(ACL.get(), account, SettingOperations.getBinding(ACL), this::get));
  }

  private Output put(S3Call call) {
    BucketSettings settings = store.settings(call.bucket());
    Checksums.check(call.headers(), call.content());
    Optional<ObjectNode> byHeaders = AclRules.ofHeaders(call);
    if (byHeaders.isPresent() && call.input().has(ACL.member())) {
      throw BucketErrors.invalidRequest(
          "This request contains both header and body grants, use one of them");
    }
    ObjectNode acl =
        byHeaders.orElseGet(() -> AclRules.accepted(DocumentCheck.require(ACL, call).json()));
    if (settings.ownerEnforced()) {
      throw BucketErrors.aclsNotSupported();
    }
    if (settings.blocks("BlockPublicAcls") && AclRules.isPublic(acl)) {
      throw S3Errors.accessDenied();
    }
    settings.put(ACL, acl);
    return Output.empty();
  }

  private Output get(S3Call call) {
    return Output.of(
        (ObjectNode) store.settings(call.bucket()).get(ACL).orElseGet(AclRules::ofOwner));
  }
}
