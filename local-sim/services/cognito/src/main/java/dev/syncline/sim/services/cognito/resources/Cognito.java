// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource.Created;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;

/** What the resource types of this room share. Stateless. */
final class Cognito {
  /** The room's id. */
  static final String SERVICE = "cognito";

  /** The property and member of the pool. */
  static final String POOL = "UserPoolId";

  private Cognito() {}

  /**
   * A part of a pool.
   *
   * @param type the last part of the type's name
   * @param name the property that names it in the pool, which is what Ref gives
   */
  static CrudDeclaration part(String type, String name, Struct properties) {
    return new CrudDeclaration("AWS::Cognito::" + type, SERVICE, properties)
        .created(call -> named(call, name))
        .addressedBy(name)
        .addressedByProperties(POOL);
  }

  private static ResourceState named(Created call, String name) {
    return ResourceState.of(call.given(name));
  }
}
