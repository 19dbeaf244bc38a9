// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.ServiceContext;

/** The parts of S3 that several operations share. Immutable; the parts are thread-safe. */
final class S3Components {
  final ServiceContext context;
  final S3Store store;
  final MultipartStore uploads = new MultipartStore();
  final NotificationTargets targets;
  final NotificationSender sender;
  final ObjectWriter writer;
  final BucketPages pages;
  final LifecycleRun lifecycle;

  S3Components(ServiceContext context) {
    this.context = context;
    this.targets = new NotificationTargets(context);
    this.sender = new NotificationSender(context, targets);
    this.store = new S3Store(context.clock(), context.ids(), sender);
    sender.connect(store::settings);
    this.lifecycle =
        new LifecycleRun(
            context.clock(),
            store,
            uploads,
            new S3Events(context.journal()),
            context.dispatcher()::changed);
    this.writer =
        new ObjectWriter(
            context.clock(),
            context.account(),
            store,
            new ServerSideEncryption(context.account(), context.region()),
            bucket -> SettingRules.encryptionHeaders(store.settings(bucket)),
            lifecycle);
    this.pages = new BucketPages(store);
  }
}
