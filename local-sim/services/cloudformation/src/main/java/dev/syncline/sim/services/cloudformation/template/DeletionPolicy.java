// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

/** What CloudFormation does with a resource that is removed from its stack. */
public enum DeletionPolicy {
  /** Deletes the resource. */
  DELETE,
  /** Keeps the resource. */
  RETAIN,
  /** Keeps the resource, unless the operation that created it is rolled back. */
  RETAIN_EXCEPT_ON_CREATE;

  static DeletionPolicy parse(String logicalId, String attribute, String text) {
    return switch (text) {
      case "Delete" -> DELETE;
      case "Retain" -> RETAIN;
      case "RetainExceptOnCreate" -> RETAIN_EXCEPT_ON_CREATE;
      default ->
          throw new TemplateException(
              "Template format error: Resource "
                  + logicalId
                  + " has the "
                  + attribute
                  + " '"
                  + text
                  + "'; supported are Delete, Retain and RetainExceptOnCreate.");
    };
  }
}
