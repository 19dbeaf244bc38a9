// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.UnsupportedPropertyException;
import dev.syncline.sim.services.cloudformation.AwsTypes.AwsType;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import dev.syncline.sim.services.cloudformation.template.Template;
import dev.syncline.sim.services.cloudformation.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Distinguishes, for types, attributes and properties in a template, names that AWS does not have
 * from names that only the simulator does not support.
 */
final class TypeCheck {
  private TypeCheck() {}

  /** Refuses types that the simulator does not have. */
  static void requireTypes(Template template, ResourceTypes types) {
    var unknown = new TreeSet<String>();
    var unsupported = new TreeSet<String>();
    for (ResourceDefinition resource : template.resources().values()) {
      String type = resource.type();
      if (types.find(type) == null) {
        boolean ofAws = AwsTypes.find(type).isPresent() || type.startsWith("Custom::");
        (ofAws ? unsupported : unknown).add(type);
      }
    }
    if (!unknown.isEmpty()) {
      var hints = new ArrayList<String>();
      unknown.forEach(type -> AwsTypes.near(type).ifPresent(hints::add));
      throw new TemplateException(
          "Template format error: Unrecognized resource types: "
              + unknown
              + (hints.isEmpty() ? "" : ". Did you mean " + String.join(", ", hints) + "?"));
    }
    if (!unsupported.isEmpty()) {
      throw new TemplateException(
          "Template format error: local-sim does not support these resource types, which AWS has: "
              + unsupported);
    }
  }

  /** Refuses an attribute that no resource of the type has. */
  static void requireAttribute(ResourceDefinition resource, String attribute) {
    AwsTypes.find(resource.type())
        .map(AwsType::attributes)
        .filter(known -> !known.isEmpty())
        .ifPresent(
            known -> {
              boolean open = known.contains("Outputs\\..*") && attribute.startsWith("Outputs.");
              if (!open && !known.contains(attribute)) {
                throw new TemplateException(
                    "Template error: resource "
                        + resource.logicalId()
                        + " does not support attribute type "
                        + attribute
                        + " in Fn::GetAtt"
                        + AwsTypes.near(attribute, known)
                            .map(near -> ". Did you mean " + near + "?")
                            .orElse(""));
              }
            });
  }

  /**
   * Properties that the simulator's type does not have.
   *
   * @param unknown those that AWS's type does not have either
   * @param unsupported those that only the simulator does not have
   * @param hints properties with names like those of {@code unknown}
   */
  record Refused(List<String> unknown, List<String> unsupported, List<String> hints) {
    /** The error; AWS's, if AWS refuses them too. */
    ResourceException error(String logicalId, String type) {
      if (unknown.isEmpty()) {
        return new ResourceException(
            "local-sim does not support the property "
                + String.join(", ", unsupported)
                + " of "
                + type
                + ", which AWS has");
      }
      return new ResourceException(
          "Properties validation failed for resource "
              + logicalId
              + " with message: "
              + unknown.stream().map(TypeCheck::extraneous).collect(Collectors.joining("\n"))
              + (hints.isEmpty() ? "" : ". Did you mean " + String.join(", ", hints) + "?"));
    }
  }

  /** AWS's words for a property that the type does not have; {@code path} as in the template. */
  static String extraneous(String path) {
    int last = path.lastIndexOf('/');
    return "#"
        + (last < 0 ? "" : "/" + path.substring(0, last))
        + ": extraneous key ["
        + path.substring(last + 1)
        + "] is not permitted";
  }

  /** Sorts the properties that the simulator's type does not have. */
  static Refused refused(String type, UnsupportedPropertyException refused) {
    Optional<AwsType> known = AwsTypes.find(type);
    var unknown = new ArrayList<String>();
    var unsupported = new ArrayList<String>();
    var hints = new ArrayList<String>();
    for (String property : refused.properties()) {
      String path = property.replaceAll("/\\d+(?=/)", "");
      if (known.isPresent() && known.get().properties().contains(path)) {
        unsupported.add(property);
      } else {
        unknown.add(property);
        known
            .flatMap(aws -> AwsTypes.near(path, aws.properties()))
            .filter(near -> !near.equals(path))
            .ifPresent(hints::add);
      }
    }
    return new Refused(unknown, unsupported, hints);
  }
}
