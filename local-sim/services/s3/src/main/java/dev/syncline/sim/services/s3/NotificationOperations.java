// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations on the notification configuration of buckets. Thread-safe. */
record NotificationOperations(
    Ids ids,
    String account,
    S3Store store,
    NotificationTargets targets,
    NotificationSender sender) {
  private static final BucketSetting NOTIFICATION = BucketSetting.NOTIFICATION;
  private static final String SKIP = "x-amz-skip-destination-validation";

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            NOTIFICATION.put(),
            account,
            S3Bindings.bucket("PUT", Answer.bare(200))
                .marked(NOTIFICATION.marker())
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS, List.of(SKIP)))
                .carrying(
                    Document.shaped(
                        NOTIFICATION.member(), NOTIFICATION.member(), true, NOTIFICATION.shape())),
            this::put),
        S3Call.operation(
            NOTIFICATION.get(), account, SettingOperations.getBinding(NOTIFICATION), this::get));
  }

  private Output put(S3Call call) {
    BucketSettings settings = store.settings(call.bucket());
    Checksums.check(call.headers(), call.content());
    ObjectNode accepted =
        NotificationRules.accepted(DocumentCheck.require(NOTIFICATION, call), ids);
    boolean checked = !call.header(SKIP).equals("true");
    if (checked) {
      requireDestinations(accepted, call.bucket());
    }
    settings.put(NOTIFICATION, accepted);
    if (checked) {
      NotificationRules.arns(accepted, NotificationRules.QUEUES)
          .forEach(queue -> sender.sendTest(call.bucket(), queue));
    }
    return Output.empty();
  }

  private void requireDestinations(ObjectNode configuration, String bucket) {
    var faults = new LinkedHashMap<String, String>();
    for (String list : List.of(NotificationRules.QUEUES, NotificationRules.FUNCTIONS)) {
      for (String arn : NotificationRules.arns(configuration, list)) {
        targets.fault(list, arn, bucket).ifPresent(fault -> faults.put(arn, fault));
      }
    }
    if (!faults.isEmpty()) {
      throw BucketErrors.invalidDestinations(Map.copyOf(faults));
    }
  }

  private Output get(S3Call call) {
    return Output.of(
        SettingOperations.answer(NOTIFICATION, store.settings(call.bucket()), call.bucket()));
  }
}
