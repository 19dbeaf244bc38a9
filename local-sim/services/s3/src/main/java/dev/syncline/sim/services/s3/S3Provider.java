// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;

/** Creates the room of Amazon S3. */
public final class S3Provider implements ServiceProvider {
  @Override
  public String id() {
    return "s3";
  }

  @Override
  public AwsService create(ServiceContext context) {
    return new S3Service(context);
  }
}
