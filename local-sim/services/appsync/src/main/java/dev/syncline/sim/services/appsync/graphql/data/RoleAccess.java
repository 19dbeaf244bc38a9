// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.execution.FieldAccess;
import dev.syncline.sim.service.RolePermissions;
import java.util.Set;

/**
 * The fields that a role may see: those that the schema opens, and of the root types only those
 * whose ARN the role's policies allow. Records that are equal give equal access. Thread-safe.
 *
 * @param schema decides by directives
 * @param rootTypes the types whose fields have an ARN that policies name
 */
record RoleAccess(
    FieldAccess schema,
    String roleArn,
    String apiArn,
    Set<String> rootTypes,
    RolePermissions policies)
    implements FieldAccess {
  @Override
  public boolean allows(String parentType, String field) {
    return schema.allows(parentType, field)
        && (!rootTypes.contains(parentType)
            || policies.mayAllow(
                roleArn, "appsync:GraphQL", apiArn + "/types/" + parentType + "/fields/" + field));
  }
}
