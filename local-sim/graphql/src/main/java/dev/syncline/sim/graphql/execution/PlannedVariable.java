// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import graphql.language.VariableDefinition;
import graphql.schema.GraphQLType;

/** A variable of an operation. */
record PlannedVariable(String name, VariableDefinition definition, GraphQLType type) {}
