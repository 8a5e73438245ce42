using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Delivery.About;

namespace Cofferdam.Delivery;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(QualityReport))]
[JsonSerializable(typeof(SealedDelivery))]
[JsonSerializable(typeof(string))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
