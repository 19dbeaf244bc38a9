// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A GraphQL request.
 *
 * @param query the document's text
 * @param variables by name; empty without variables
 * @param operationName null without a name
 */
public record GraphqlRequest(String query, ObjectNode variables, @Nullable String operationName) {}
