// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One resolution of one field.
 *
 * @param parentType the object type that has the field
 * @param fieldName the field's name in the schema, not its alias
 * @param arguments the coerced arguments; the receiver may change them
 * @param source the parent's value; a null node on root types. The receiver must not change it
 * @param path keys of the response, texts and numbers from 0
 * @param variables the variables of the request
 * @param selection what is selected below the field
 */
public record FieldCall(
    String parentType,
    String fieldName,
    ObjectNode arguments,
    JsonNode source,
    List<Object> path,
    ObjectNode variables,
    FieldSelection selection) {}
