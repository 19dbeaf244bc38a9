// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.execution.FieldAccess;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Permissions;
import java.util.Set;

/**
 * The fields that a caller who signed may see, where permissions are recorded or enforced: those
 * that the schema opens, and of the root types only those that the decision point allows.
 * Thread-safe.
 *
 * @param schema decides by directives
 * @param caller the context of the caller
 * @param rootTypes the types whose fields have an ARN that policies name
 */
record PermittedAccess(
    FieldAccess schema,
    CallContext caller,
    String apiArn,
    Set<String> rootTypes,
    Permissions permissions)
    implements FieldAccess {
  @Override
  public boolean allows(String parentType, String field) {
    if (!schema.allows(parentType, field)) {
      return false;
    }
    String resource = apiArn + "/types/" + parentType + "/fields/" + field;
    return !rootTypes.contains(parentType)
        || permissions.denial(AccessCheck.of("appsync:GraphQL", resource), caller).isEmpty();
  }

  /** Records of the same caller are equal, whatever request they were made for. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PermittedAccess same
        && schema.equals(same.schema)
        && caller.caller().equals(same.caller.caller())
        && apiArn.equals(same.apiArn);
  }

  @Override
  public int hashCode() {
    return caller.caller().hashCode();
  }
}
