"""`tf.contrib.summary` of TF 1.15. TensorFlow has kept its functions, without public names."""

from estimator_heads._tensorflow.contrib import contrib_parts

_summaries = contrib_parts().summary_ops_v2

SummaryWriter = _summaries.SummaryWriter
all_summary_ops = _summaries.all_v2_summary_ops
always_record_summaries = _summaries.always_record_summaries
audio = _summaries.audio
create_file_writer = _summaries.create_file_writer
create_summary_file_writer = _summaries.create_summary_file_writer
eval_dir = _summaries.eval_dir
flush = _summaries.flush
generic = _summaries.generic
graph = _summaries.graph_v1
histogram = _summaries.histogram
image = _summaries.image
import_event = _summaries.import_event
initialize = _summaries.initialize
never_record_summaries = _summaries.never_record_summaries
record_summaries_every_n_global_steps = _summaries.record_summaries_every_n_global_steps
scalar = _summaries.scalar
should_record_summaries = _summaries._legacy_contrib_should_record_summaries
summary_writer_initializer_op = _summaries.summary_writer_initializer_op
