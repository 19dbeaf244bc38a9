// SPDX-License-Identifier: Apache-2.0
/** A host that takes jobs by HTTP: what the bridge's backend {@code http} asks for. */
@NullMarked
package dev.syncline.worker.http;

import org.jspecify.annotations.NullMarked;
