using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Cofferdam.Server.SignIn;

/// <summary>The data-protection key ring as sealed records: no key of it lies on a disk in clear.</summary>
/// <remarks>The interface is synchronous; it is asked at start and when a key is renewed, some ninety days apart.</remarks>
internal sealed class SealedKeyRing(NodeSecrets secrets) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => secrets.SealAsync(NodeSecrets.KeyRing, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting))))
            .GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var elements = new List<XElement>();
        await foreach (var id in secrets.ListAsync(NodeSecrets.KeyRing))
        {
            var element = await secrets.OpenAsync(NodeSecrets.KeyRing, id);
            elements.Add(XElement.Parse(Encoding.UTF8.GetString(element.Span)));
        }

        return elements;
    }
}
