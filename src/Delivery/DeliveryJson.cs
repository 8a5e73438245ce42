using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Delivery.Preference;

namespace Cofferdam.Delivery;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(QualityReport))]
[JsonSerializable(typeof(SealedDelivery))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
