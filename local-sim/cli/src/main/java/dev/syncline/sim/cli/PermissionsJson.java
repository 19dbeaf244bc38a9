// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.contract.PermissionReport;
import dev.syncline.sim.service.contract.PermissionReport.PrincipalUses;
import dev.syncline.sim.service.settings.IamMode;
import java.util.Locale;

/** The report of permissions as JSON. */
final class PermissionsJson {
  private PermissionsJson() {}

  static ObjectNode of(IamMode mode, PermissionReport report) {
    ObjectNode json =
        CliJson.object()
            .put("mode", mode.name().toLowerCase(Locale.ROOT))
            .put("dropped", report.dropped());
    var principals = json.putArray("principals");
    report.principals().forEach(principal -> principals.add(json(principal)));
    return json;
  }

  private static ObjectNode json(PrincipalUses principal) {
    ObjectNode json = CliJson.object().put("principal", principal.principal());
    var uses = json.putArray("uses");
    for (PermissionReport.Use use : principal.uses()) {
      uses.addObject()
          .put("action", use.action())
          .put("resource", use.resource())
          .put("count", use.count())
          .put("allowed", use.allowed())
          .put("reason", use.reason());
    }
    if (!principal.smallestPolicy().isEmpty()) {
      try {
        json.set("smallestPolicy", CliJson.parse(principal.smallestPolicy()));
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException("a policy that is not JSON", impossible);
      }
    }
    return json;
  }
}
