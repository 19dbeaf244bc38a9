// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.worker.host;

import org.jspecify.annotations.NullMarked;
