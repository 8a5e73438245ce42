using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.ApiClient;
using Cofferdam.Cli.Demo;
using Cofferdam.Ledger;

namespace Cofferdam.Cli;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(CamelCaseFault)])]
[JsonSerializable(typeof(CliError))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(Import))]
[JsonSerializable(typeof(Delivered))]
[JsonSerializable(typeof(DisclosurePage))]
[JsonSerializable(typeof(Suspension))]
[JsonSerializable(typeof(Resumed))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(BackedUp))]
[JsonSerializable(typeof(PackageFinding))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(QuestionAnswer))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerCheck))]
[JsonSerializable(typeof(Keys))]
[JsonSerializable(typeof(KeyAct))]
[JsonSerializable(typeof(RecoveryShares))]
[JsonSerializable(typeof(ResealStep))]
[JsonSerializable(typeof(Proposal))]
[JsonSerializable(typeof(IReadOnlyList<Proposal>))]
[JsonSerializable(typeof(Doctor))]
[JsonSerializable(typeof(LogVerdict))]
[JsonSerializable(typeof(ProofCheck))]
[JsonSerializable(typeof(LogLook))]
[JsonSerializable(typeof(SampleProject))]
[JsonSerializable(typeof(SampleVendor))]
[JsonSerializable(typeof(SampleMade))]
internal sealed partial class CliJson : JsonSerializerContext;

internal sealed class CamelCaseFault() : JsonStringEnumConverter<LogFault>(JsonNamingPolicy.CamelCase);
