using System.Text;
using Cofferdam.Quality.Bias;

namespace Cofferdam.Quality.Tests.Bias;

public sealed class AnswerSideTests
{
    [Theory]
    [InlineData("""{"q":{"preference":"b","strength":2,"shown":"left"}}""", nameof(Side.Left))]
    [InlineData("""{"q":{"preference":"b","strength":2,"shown":"right"}}""", nameof(Side.Right))]
    [InlineData("""{"q":{"preference":"tie","strength":0,"shown":"tie"}}""", nameof(Side.Tie))]
    // The first question about two responses counts, and it alone.
    [InlineData("""{"why":{"text":"left"},"q":{"preference":"a","strength":1,"shown":"right"},"r":{"preference":"a","strength":1,"shown":"left"}}""", nameof(Side.Right))]
    // A ranking's "shown" is an order, and no side.
    [InlineData("""{"q":{"ranks":[1,2,3],"shown":[2,0,1]}}""", nameof(Side.None))]
    [InlineData("""{"q":{"values":["left"]}}""", nameof(Side.None))]
    public void Of_SealedAnswers_IsTheSideChosen(string answers, string side) =>
        AnswerSide.Of(Encoding.UTF8.GetBytes($$"""{"v":1,"answers":{{answers}},"flipped":false,"seconds":1}""")).ToString().ShouldBe(side);
}
