from surveys.models.answer_rating import AnswerRating
from surveys.models.question import SurveyQuestion, Wording
from surveys.models.rules import DepartmentRules, SurveyRules
from surveys.models.survey import Survey
from surveys.models.survey_answer import SurveyAnswer

__all__ = ["AnswerRating", "DepartmentRules", "Survey", "SurveyAnswer", "SurveyQuestion", "SurveyRules", "Wording"]
