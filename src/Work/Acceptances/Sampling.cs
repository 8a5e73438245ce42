using System.Security.Cryptography;

namespace Cofferdam.Work.Acceptances;

/// <summary>Simple random samples that nobody can foresee.</summary>
internal static class Sampling
{
    /// <summary>Moves a sample to the front of a list, in the order drawn: every choice of that many is as likely as every other.</summary>
    /// <remarks>The first steps of a Fisher–Yates shuffle, with the operating system's random numbers: no seed exists that could leak or be chosen.</remarks>
    /// <param name="count">0 to the length of <paramref name="population"/>.</param>
    public static void Draw<T>(Span<T> population, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var drawn = RandomNumberGenerator.GetInt32(i, population.Length);
            (population[i], population[drawn]) = (population[drawn], population[i]);
        }
    }
}
