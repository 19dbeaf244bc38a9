// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

/** What becomes of the thing itself when its resource leaves the stack. */
public enum DeletionPolicy {
  /** It is deleted. */
  DELETE,
  /** It stays. */
  RETAIN,
  /** It stays, unless the operation that created it is being rolled back. */
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
